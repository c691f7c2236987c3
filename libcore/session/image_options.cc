// SPDX-License-Identifier: GPL-3.0-or-later
#include "libcore/session/image_options.h"

#include <algorithm>

#include "libcore/base/clibs.h"
#include "libcore/base/libraries.h"

namespace core::session {
namespace {

/// Remembers the first setting that was refused.
class Checker {
 public:
  void check(int ret, const char* setting) {
    if (ret < 0 && code_ >= 0) code_ = ret, setting_ = setting;
  }
  bool failed() const { return code_ < 0; }
  Problem problem() const { return problem_from_libisofs(code_, setting_); }

 private:
  int code_ = 0;
  const char* setting_ = "";
};

void set_trees(IsoWriteOpts* o, const ImageOptions& options, Checker& c) {
  const Relaxations& r = options.relaxations;
  c.check(iso_write_opts_set_rockridge(o, options.rockridge), "-rockridge");
  c.check(iso_write_opts_set_joliet(o, options.joliet), "-joliet");
  c.check(iso_write_opts_set_hfsplus(o, options.hfsplus), "-hfsplus");
  c.check(iso_write_opts_set_iso1999(o, r.iso_9660_1999), "-compliance iso_9660_1999");
  c.check(iso_write_opts_set_hardlinks(o, options.hardlinks), "-hardlinks");
  c.check(iso_write_opts_set_rrip_version_1_10(o, !r.new_rr), "-compliance old_rr");
  c.check(iso_write_opts_set_rrip_1_10_px_ino(o, options.hardlinks), "-hardlinks");
  c.check(iso_write_opts_set_aaip(o, options.extended_attributes), "-xattr");
  c.check(iso_write_opts_set_aaip_susp_1_10(o, r.aaip_susp_1_10), "-compliance aaip_susp_1_10");
  c.check(iso_write_opts_set_old_empty(o, r.old_empty), "-compliance old_empty");
  c.check(iso_write_opts_set_output_charset(o, options.output_charset.empty() ? nullptr : options.output_charset.c_str()), "-out_charset");
  if (!options.relocation_directory.empty()) {
    std::string name = options.relocation_directory;
    c.check(iso_write_opts_set_rr_reloc(o, name.data(), 1), "-rr_reloc_dir");
  }
}

void set_names(IsoWriteOpts* o, const Relaxations& r, Checker& c) {
  c.check(iso_write_opts_set_iso_level(o, r.iso_level), "-compliance iso_9660_level");
  c.check(iso_write_opts_set_untranslated_name_len(o, r.untranslated_name_length), "-compliance untranslated_name_len");
  c.check(iso_write_opts_set_allow_dir_id_ext(o, r.allow_dir_id_ext), "-compliance allow_dir_id_ext");
  c.check(iso_write_opts_set_omit_version_numbers(o, (r.omit_version ? 1 : 0) | (r.only_iso_version ? 2 : 0)), "-compliance omit_version");
  c.check(iso_write_opts_set_allow_deep_paths(o, r.deep_paths), "-compliance deep_paths");
  c.check(iso_write_opts_set_allow_longer_paths(o, r.long_paths), "-compliance long_paths");
  c.check(iso_write_opts_set_max_37_char_filenames(o, r.long_names), "-compliance long_names");
  c.check(iso_write_opts_set_no_force_dots(o, (r.no_force_dots ? 1 : 0) | (r.no_j_force_dots ? 2 : 0)), "-compliance no_force_dots");
  c.check(iso_write_opts_set_allow_lowercase(o, r.lowercase), "-compliance lowercase");
  c.check(iso_write_opts_set_allow_full_ascii(o, r.full_ascii), "-compliance full_ascii");
  c.check(iso_write_opts_set_allow_7bit_ascii(o, r.seven_bit_ascii), "-compliance 7bit_ascii");
  c.check(iso_write_opts_set_joliet_longer_paths(o, r.joliet_long_paths), "-compliance joliet_long_paths");
  c.check(iso_write_opts_set_joliet_long_names(o, r.joliet_long_names), "-compliance joliet_long_names");
  c.check(iso_write_opts_set_joliet_utf16(o, r.joliet_utf16), "-compliance joliet_utf16");
  // Volume id and the other texts stay as they were given, lower case letters included.
  c.check(iso_write_opts_set_relaxed_vol_atts(o, 1), "-volid");
}

void set_owners_and_times(IsoWriteOpts* o, const ImageOptions& options, Checker& c) {
  c.check(iso_write_opts_set_always_gmt(o, options.relaxations.always_gmt), "-compliance always_gmt");
  c.check(iso_write_opts_set_dir_rec_mtime(o, options.relaxations.rec_mtime ? 7 : 0), "-compliance rec_mtime");
  c.check(iso_write_opts_set_replace_mode(o, 0, 0, options.uid ? 2 : 0, options.gid ? 2 : 0), "-uid");
  if (options.uid) c.check(iso_write_opts_set_default_uid(o, *options.uid), "-uid");
  if (options.gid) c.check(iso_write_opts_set_default_gid(o, *options.gid), "-gid");
  std::string uuid = options.times.uuid;
  const VolumeTimes& t = options.times;
  c.check(iso_write_opts_set_pvd_times(o, t.created.value_or(0), t.modified.value_or(0), t.expires.value_or(0),
                                       t.effective.value_or(0), uuid.data()),
          "-volume_date");
}

void set_stream(IsoWriteOpts* o, const ImageOptions& options, const Placement& placement, Checker& c) {
  c.check(iso_write_opts_set_sort_files(o, 1), "");
  c.check(iso_write_opts_set_record_md5(o, options.md5, (options.md5 ? 1 : 0) | (options.md5_stability_check ? 2 : 0)), "-md5");
  c.check(iso_write_opts_set_tail_blocks(o, static_cast<std::uint32_t>(options.tail.value)), "-padding");
  const std::int64_t blocks = std::max<std::int64_t>(blocks_for(options.fifo).value, 32);
  c.check(iso_write_opts_set_fifo_size(o, static_cast<std::size_t>(blocks)), "-fs");
  if (!options.scdbackup_name.empty()) {
    std::string name = options.scdbackup_name, time = options.scdbackup_time;
    c.check(iso_write_opts_set_scdbackup_tag(o, name.data(), time.data(), placement.scdbackup_tag), "-scdbackup_tag");
  }
}

}  // namespace

void WriteOptsDeleter::operator()(iso_write_opts* opts) const { iso_write_opts_free(opts); }

Result<WriteOpts> make_write_opts(const ImageOptions& options, const Placement& placement) {
  IsoWriteOpts* raw = nullptr;
  if (const int ret = iso_write_opts_new(&raw, 0); ret < 0) return problem_from_libisofs(ret, "Cannot create options for image generation");
  WriteOpts opts(raw);
  Checker c;
  set_trees(raw, options, c);
  set_names(raw, options.relaxations, c);
  set_owners_and_times(raw, options, c);
  set_stream(raw, options, placement, c);
  c.check(iso_write_opts_set_appendable(raw, placement.refers_to_older), "growing");
  c.check(iso_write_opts_set_ms_block(raw, static_cast<std::uint32_t>(placement.start.value)), "session start");
  if (placement.head != nullptr) c.check(iso_write_opts_set_overwrite_buf(raw, placement.head), "emulated table of content");
  if (c.failed()) return c.problem();
  if (auto ok = apply_boot_options(raw, options.boot); !ok) return std::move(ok).problem();
  return opts;
}

}  // namespace core::session
