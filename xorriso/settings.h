// SPDX-License-Identifier: GPL-3.0-or-later
//
// All settings of the command language as plain structs with their default values. "Is default" is a comparison.
// The commands that store them are in commands/, what they mean is decided where the work is done.
#pragma once

#include <cstdint>
#include <ctime>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "libcore/base/problem.h"
#include "libcore/image/boot.h"
#include "libcore/image/image.h"
#include "libcore/session/boot_options.h"

namespace xorriso {

enum class OnOff : bool { off = false, on = true };

/// -report_about, -abort_on, -return_with, -error_behavior, -signal_handling
struct ExceptionSettings {
  core::Severity report_about = core::Severity::update;
  core::Severity abort_on = core::Severity::failure;
  bool abort_on_given = false;  ///< dialog changes an abort_on that was not given to NEVER
  core::Severity return_severity = core::Severity::sorry;
  int return_value = 32;
  enum class Loading { best_effort, failure, fatal } image_loading = Loading::failure;
  enum class Extraction { best_effort, keep, remove } file_extraction = Extraction::keep;
  enum class Signals { on, off, sig_dfl, sig_ign } signal_handling = Signals::on;
};

/// -backslash_codes
struct BackslashCodes {
  bool in_double_quotes = false, in_quotes = false, with_quoted_input = false, with_program_arguments = false;
  bool encode_results = false, encode_infos = false;
  bool operator==(const BackslashCodes&) const = default;
};

struct ScriptingSettings {
  std::string list_delimiter = "--";
  BackslashCodes backslash_codes;
  bool sh_style_result = false;
  std::int64_t temp_mem_limit = 16 << 20;  ///< bytes
  std::string session_log;                 ///< path; whoever completes a session appends one line
  bool scsi_log = false;
  bool no_rc = false;
  std::string program_name;                ///< -prog
};

struct FrontendSettings {
  bool pkt_output = false;
  std::string mark;
  enum class Style { xorriso, mkisofs, cdrecord } pacifier = Style::xorriso;
  double pacifier_interval = 1.0;          ///< seconds
};

struct DialogSettings {
  enum class Mode { off, on, single_line } mode = Mode::off;
  int page_length = 0, page_width = 80;
  bool use_readline = true;
  enum class Reassure { off, on, tree } reassure = Reassure::off;
  int status_history_max = 100;
};

/// Decides which drives may be used and how.
struct DriveSettings {
  bool exclusive = true;                   ///< -drive_access
  bool readonly = false;
  struct Rule { enum class Class { banned, caution, harmless } kind; std::string pattern; bool operator==(const Rule&) const = default; };
  std::vector<Rule> classes{{Rule::Class::caution, "/dev"}};  ///< -drive_class, newest first
  enum class StdioTest { off, on, appendable_wo } early_stdio_test = StdioTest::off;
  bool mount_opts_shared = false;
  int read_speed = -2;                     ///< -2 none, 0 max, -1 min, else 1000 bytes per second
  int read_speed_soft_force = 0;
  int read_speed_soft_corr = 250000;       ///< microseconds
  std::string load_entity = "auto", load_id;
  bool load_adjust_by_16 = false;          ///< the block address of load_id may be 16 too high
  bool load_pending = false;               ///< -load was given for the next -dev or -indev
  std::int64_t displacement = 0;           ///< blocks
  enum class ReadFs { any, norock, nojoliet, ecma119 } read_fs = ReadFs::any;
  std::string assert_volid_pattern, assert_volid_severity;
  bool calm = true;                        ///< as -calm_drive off|on sets it
  bool ban_stdio_write = false;
  bool rom_toc_scan = false, rom_toc_scan_force = false;
  bool emul_toc_scan = true, emul_toc_wide = false;
  bool regard_output_as_blank = false;     ///< overwritable output begins anew; files are cut when writing begins
  int cache_tiles = 0, cache_tile_blocks = 0;  ///< 0 = default: 32 tiles of 32 blocks
  enum class DevFamily { standard, sr, scd, sg } scsi_dev_family = DevFamily::standard;
};

/// What is taken over from disk files and from loaded images.
struct ImportSettings {
  bool hardlinks = false;
  bool hardlinks_lsl_count = false;
  enum class HardlinkUpdate { with, without } hardlink_update = HardlinkUpdate::with;
  enum class HardlinkExtract { normal, cheap_sorted } hardlink_extract = HardlinkExtract::normal;
  bool acl = false;
  enum class Xattr { off, user, any } xattr = Xattr::off;
  bool md5 = false;                        ///< record and load checksums
  bool md5_stability_check = false;
  bool md5_load_check = true;
  enum class DevIno { off, ino_only, on } disk_dev_ino = DevIno::off;
  enum class Ecma119Map { stripped, unmapped, uppercase, lowercase } ecma119_map = Ecma119Map::stripped;
  enum class JolietMap { stripped, unmapped } joliet_map = JolietMap::stripped;
  std::optional<time_t> iso_nowtime;       ///< unset = dynamic
};

struct CharsetSettings {
  std::string local;                       ///< -local_charset, filled from the locale
  std::string in, out;                     ///< empty = local
  bool automatic = false;
};

enum class PatternMode { off, ls, on };

/// Names which get hidden while their files are inserted. The pattern is for leaf names or for absolute disk paths.
struct HideRule {
  enum class Tree { iso_rr, joliet, hfsplus } tree = Tree::iso_rr;
  std::string pattern;
  bool whole_path = false;
};

/// Rules of inserting files.
struct InsertSettings {
  int file_name_limit = 255;
  bool tolerate_name_collisions = false;   ///< "+" with -file_name_limit
  std::int64_t file_size_limit = std::int64_t{429496524800};  ///< bytes, 0 = off
  std::int64_t split_size = 0;             ///< bytes, 0 = off
  bool exclude = true;                     ///< -not_mgt on|off
  bool exclude_param = false, exclude_subtree = false, exclude_ignore = false;
  std::vector<std::string> not_paths, not_leaf;
  bool follow_pattern = true, follow_param = false, follow_link = false, follow_concat = false, follow_mount = true;
  int follow_limit = 100;
  enum class Pathspecs { off, on, as_mkisofs } pathspecs = Pathspecs::off;
  enum class Overwrite { off, on, nondir } overwrite = Overwrite::nondir;
  enum class AddPlainly { none, unknown, dashed, any } add_plainly = AddPlainly::none;
  PatternMode disk_pattern = PatternMode::ls;
  PatternMode iso_pattern = PatternMode::on;  ///< -iso_rr_pattern
  std::vector<HideRule> hide_rules;
};

/// -osirrox
struct ExtractSettings {
  enum class Mode { off, on, device_files, banned, blocked } mode = Mode::off;
  bool concat_split = true, auto_chmod = false, sort_lba = false, o_excl = true, strict_acl = false;
  enum class CheckMd5 { off, on, force } check_md5 = CheckMd5::on;
  std::int64_t sparse = 0;                 ///< minimum size of a hole, 0 = off
};

/// -compliance
struct Compliance {
  int iso_level = 3;
  int untranslated_name_len = 0;           ///< -1 = maximum, 0 = translate
  bool allow_dir_id_ext = false, omit_version = false, only_iso_version = true;
  bool deep_paths = true, long_paths = true, long_names = false;
  bool no_force_dots = false, no_j_force_dots = true;
  bool lowercase = false, full_ascii = false, seven_bit_ascii = false;
  bool joliet_long_paths = false, joliet_long_names = false, joliet_utf16 = false;
  bool always_gmt = true, rec_mtime = true, new_rr = false, aaip_susp_1_10 = true;
  bool emul_toc = true, iso_9660_1999 = false, old_empty = false;
  bool operator==(const Compliance&) const = default;
};

/// The four dates of the volume descriptor and what hangs on them, ECMA-119 8.4.26 and following.
struct VolumeDate {
  std::string text;                        ///< as the user gave it; empty = default
  std::optional<time_t> time;              ///< unset = default
  bool overridden = false;                 ///< the word "overridden"
};

struct ImageSettings {
  core::image::VolumeTexts texts;          ///< -volid and the other identifiers; loading an image replaces them
  bool volume_id_given = false;            ///< -volid was used since the image was loaded
  VolumeDate created, modified, expires, effective;
  std::string uuid;                        ///< -volume_date uuid: 16 digits, empty = derived from the time of writing
  std::string all_file_dates_text;         ///< "", a time string, or "set_to_mtime"
  std::optional<time_t> all_file_dates;
  bool all_file_dates_set_to_mtime = false;
  std::string application_use = " ";       ///< one character, "0xXY", or a disk path
  bool rockridge = true, joliet = false, hfsplus = false;
  Compliance compliance;
  bool iso_level_given = false;            ///< -compliance iso_9660_level= was used
  std::string rr_reloc_dir;
  std::optional<uid_t> uid;
  std::optional<gid_t> gid;
  std::vector<std::pair<std::string, std::string>> jigdo;  ///< aspects in the order they were given
};

/// -boot_image, -append_partition
struct BootSettings {
  enum class Loaded { discard, keep, patch } loaded = Loaded::discard;
  bool patch_partition_table = false;      ///< patch was given with isolinux or grub
  std::string catalog;                     ///< path of the boot catalog, empty = default
  core::image::HiddenIn catalog_hidden;
  core::image::BootImageSpec pending;      ///< gets attached by "next" and when the session is written
  std::vector<core::image::BootImageSpec> attached;  ///< those which replaced the loaded ones
  core::image::ForeignBootFiles foreign;
  int hppa_header_version = 5;
  core::session::BootOptions layout;
};

/// -zisofs
struct ZisofsSettings {
  int level = 6;
  std::int64_t block_size = 32 << 10, block_size_v2 = 128 << 10;
  enum class ByMagic { off, on, v2 } by_magic = ByMagic::off;
  enum class Version2 { off, as_needed, on } version_2 = Version2::off;
  bool susp_z2 = false;
  std::int64_t bpt_target = -1;
  std::int64_t max_bpt = 256 << 20, max_bpt_f = 256 << 20;
  double bpt_free_ratio = -1.0;
};

/// How sessions are written.
struct WriteCommandSettings {
  enum class Close { off, on, as_needed } close = Close::off;
  bool dummy = false;
  int speed = 0;                           ///< 0 max, -1 min, -2 none, else 1000 bytes per second
  std::string stream_recording = "off";    ///< as -status shows it: off, on, full, data or a number
  std::int64_t stream_recording_start = -1;  ///< -1 off, -2 data, 0 full, else first block address
  int dvd_obs = 0;                         ///< 0 = default, 32768, 65536
  enum class UseImmed { standard, on, off } use_immed_bit = UseImmed::standard;
  std::int64_t stdio_sync = 0;             ///< 0 = on (default rhythm), -1 = off, -2 = only at the end, else blocks of 2 KiB
  bool stdio_sync_given = false;
  std::int64_t fifo_bytes = 4 << 20;       ///< -fs
  std::int64_t padding_bytes = 300 << 10;
  enum class PadMode { appended, included, excluded } padding_mode = PadMode::appended;
  enum class Type { automatic, tao, sao } write_type = Type::automatic;
  std::int64_t grow_blindly = -1;          ///< -1 = off, else predicted next writable address
  std::string scdbackup_list, scdbackup_record;
  bool modest = false;                     ///< -modesty_on_drive
  int modest_min_percent = 90, modest_max_percent = 95, modest_timeout_sec = 120;
  int modest_min_usec = 5000, modest_max_usec = 25000;
};

/// -check_media and its defaults.
struct CheckMediaSettings {
  std::string use = "indev", what = "tracks";
  std::int64_t min_lba = -1, max_lba = -1;
  std::string retry = "default";
  int time_limit = 28800, item_limit = 100000;
  std::string data_to, event = "ALL", abort_file = "/var/opt/xorriso/do_abort_check_media", sector_map;
  bool map_with_volid = false, patch_lba0 = false;
  bool patch_lba0_force = false;
  std::int64_t patch_lba0_msc1 = -1;
  std::string report = "blocks", bad_limit = "invalid";
  double slow_limit = 1.0;
  std::int64_t chunk_size = 0;
  int async_chunks = 0;
};

struct Settings {
  std::string iso_cwd = "/";   ///< -cd
  std::string disk_cwd;        ///< -cdx, absolute
  ExceptionSettings exceptions;
  ScriptingSettings scripting;
  FrontendSettings frontend;
  DialogSettings dialog;
  DriveSettings drives;
  ImportSettings import;
  CharsetSettings charset;
  InsertSettings insert;
  ExtractSettings extract;
  ImageSettings image;
  BootSettings boot;
  ZisofsSettings zisofs;
  WriteCommandSettings write;
  CheckMediaSettings check_media;
  bool check_media_given = false;   ///< -check_media_defaults was used
  bool filter_list_closed = false;  ///< -close_filter_list
  enum class Pending { as_is, forced_yes, mkisofs_printed } pending = Pending::as_is;  ///< -changes_pending
};

}  // namespace xorriso
