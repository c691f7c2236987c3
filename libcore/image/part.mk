# SPDX-License-Identifier: GPL-3.0-or-later
noinst_LIBRARIES += libcore/image/libimage.a
libcore_image_libimage_a_SOURCES = \
  libcore/image/acl_xattr.cc libcore/image/acl_xattr.h \
  libcore/image/attributes.cc libcore/image/attributes.h \
  libcore/image/boot.cc libcore/image/boot.h \
  libcore/image/checksum.cc libcore/image/checksum.h \
  libcore/image/checksum_md5.cc libcore/image/checksum_md5.h \
  libcore/image/checksum_md5_kernels.cc libcore/image/checksum_md5_kernels.h \
  libcore/image/checksum_parallel.cc \
  libcore/image/checksum_serial.cc \
  libcore/image/checksum_work.h \
  libcore/image/compare.cc libcore/image/compare.h \
  libcore/image/compare_walk.cc \
  libcore/image/content.cc libcore/image/content.h \
  libcore/image/data_source.cc libcore/image/data_source.h \
  libcore/image/disk_directory.cc libcore/image/disk_directory.h \
  libcore/image/edit.cc libcore/image/edit.h \
  libcore/image/edit_attributes.cc \
  libcore/image/exclusions.cc libcore/image/exclusions.h \
  libcore/image/extract.cc libcore/image/extract.h \
  libcore/image/extract_attributes.cc \
  libcore/image/extract_copy.cc \
  libcore/image/extract_directory.cc \
  libcore/image/extract_files.cc \
  libcore/image/extract_links.cc libcore/image/extract_links.h \
  libcore/image/extract_work.h \
  libcore/image/filters.cc libcore/image/filters.h \
  libcore/image/find.cc libcore/image/find.h \
  libcore/image/find_tests.cc \
  libcore/image/hide_rules.cc libcore/image/hide_rules.h \
  libcore/image/image.cc libcore/image/image.h \
  libcore/image/insert.cc libcore/image/insert.h \
  libcore/image/iso_stream.h \
  libcore/image/load.cc libcore/image/load.h \
  libcore/image/local_stream.cc libcore/image/local_stream.h \
  libcore/image/merge_marks.cc libcore/image/merge_marks.h \
  libcore/image/media_check.cc libcore/image/media_check.h \
  libcore/image/media_tags.cc libcore/image/media_tags.h \
  libcore/image/node.cc libcore/image/node.h \
  libcore/image/node_details.cc libcore/image/node_details.h \
  libcore/image/pattern.cc libcore/image/pattern.h \
  libcore/image/pattern_expand.cc \
  libcore/image/sector_map.cc libcore/image/sector_map.h \
  libcore/image/survey.cc libcore/image/survey.h \
  libcore/image/update.cc libcore/image/update.h
