# SPDX-License-Identifier: GPL-3.0-or-later
info_TEXINFOS = doc/xorriso.texi
dist_man_MANS = doc/xorriso.1 doc/vburn.1
dist_doc_DATA = doc/architecture.md doc/burner.md doc/compat.md doc/disc-format.md doc/glossary.md doc/performance.md
EXTRA_DIST += doc/texi2man
MAINTAINERCLEANFILES += doc/xorriso.1

doc/xorriso.1: doc/xorriso.texi doc/texi2man configure.ac
	$(AM_V_GEN)$(MKDIR_P) doc && perl $(srcdir)/doc/texi2man xorriso 1 "makes, grows, verifies and burns ISO 9660 images" \
	  "" "xorriso $(PACKAGE_VERSION)" < $(srcdir)/doc/xorriso.texi > $@.tmp && mv $@.tmp $@
