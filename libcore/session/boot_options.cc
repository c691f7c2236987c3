// SPDX-License-Identifier: GPL-3.0-or-later
#include "libcore/session/boot_options.h"

#include <cerrno>
#include <cstdio>
#include <memory>

#include "libcore/base/clibs.h"
#include "libcore/base/libraries.h"
#include "libcore/base/text.h"

namespace core::session {
namespace {

constexpr std::size_t kAreaSize = 32768;
constexpr std::string_view kInterval = "--interval:";

/// Remembers the first setting that was refused.
struct Checker {
  int code = 0;
  const char* setting = "";
  void operator()(int ret, const char* what) {
    if (ret < 0 && code >= 0) code = ret, setting = what;
  }
};

/// A source as the image maker wants it: the path, and whether it is an interval.
struct Source {
  explicit Source(const std::string& path) : interval(path.starts_with(kInterval)), text(interval ? path.substr(kInterval.size()) : path) {}
  int interval;
  std::string text;
  char* pointer() { return text.empty() ? nullptr : text.data(); }
};

int area_options(const BootOptions& b) {
  const bool generic = b.machine == BootOptions::Machine::pc;
  return (b.protective_label ? 1 : 0) | (b.isohybrid ? 2 : 0) | static_cast<int>(b.machine) << 2 | static_cast<int>([&] {
           switch (b.align) {
             case BootOptions::Align::on: return 1;
             case BootOptions::Align::off: return 2;
             case BootOptions::Align::all: return 3;
             default: return 0;
           }
         }()) << 8 |
         (b.chrp && generic ? 1 << 10 : 0) | (b.grub2_mbr ? 1 << 14 : 0) | (b.force_bootable ? 1 << 15 : 0);
}

void set_area(IsoWriteOpts* o, const BootOptions& b, Checker& check) {
  const int options = area_options(b);
  if (options == 0 && b.area_bytes.empty()) return;
  std::vector<char> bytes = b.area_bytes;
  check(iso_write_opts_set_system_area(o, bytes.empty() ? nullptr : bytes.data(), options, 0), "-boot_image system_area=");
}

void set_partitions(IsoWriteOpts* o, const BootOptions& b, Checker& check) {
  check(iso_write_opts_set_part_offset(o, b.partition_offset, b.sectors_per_head, b.heads_per_cylinder), "-boot_image partition_offset=");
  for (const AppendedPartition& p : b.partitions) {
    Source source(p.path);
    check(iso_write_opts_set_partition_img(o, p.number, p.mbr_type, source.text.data(), source.interval), "-append_partition");
    if (!p.type_guid) continue;
    Guid guid = *p.type_guid;
    check(iso_write_opts_set_part_type_guid(o, p.number, guid.data(), 1), "-append_partition");
  }
  check(iso_write_opts_set_appended_as_gpt(o, b.appended_as_gpt), "-boot_image appended_part_as=");
  check(iso_write_opts_set_appended_as_apm(o, b.appended_as_apm), "-boot_image appended_part_as=");
  check(iso_write_opts_set_part_like_isohybrid(o, b.like_isohybrid), "-boot_image part_like_isohybrid=");
  check(iso_write_opts_set_iso_mbr_part_type(o, b.iso_mbr_type), "-boot_image iso_mbr_part_type=");
  if (b.iso_type_guid) {
    Guid guid = *b.iso_type_guid;
    check(iso_write_opts_set_iso_type_guid(o, guid.data(), 1), "-boot_image iso_mbr_part_type=");
  }
  Guid guid = b.disk_guid;
  check(iso_write_opts_set_gpt_guid(o, guid.data(), static_cast<int>(b.disk_guid_source)), "-boot_image gpt_disk_guid=");
  Source prep(b.prep_image), efi(b.efi_image);
  check(iso_write_opts_set_prep_img(o, prep.pointer(), prep.interval), "-boot_image prep_boot_part=");
  check(iso_write_opts_set_efi_bootp(o, efi.pointer(), efi.interval), "-boot_image efi_boot_part=");
}

struct FileCloser { void operator()(std::FILE* f) const { std::fclose(f); } };

}  // namespace

Result<AreaContent> read_area_file(const std::string& path) {
  AreaContent area{std::vector<char>(kAreaSize), 0};
  const std::unique_ptr<std::FILE, FileCloser> file(std::fopen(path.c_str(), "rbe"));
  if (file != nullptr) area.count = std::fread(area.bytes.data(), 1, kAreaSize, file.get());
  if (file == nullptr || std::ferror(file.get()))
    return Problem{Severity::failure, "Failed to open file " + shell_quote(path) + " in rb mode", errno};
  return area;
}

namespace {

Result<AreaContent> read_interval(image::Image& image, const std::string& path) {
  Source source(path);
  struct iso_interval_reader* reader = nullptr;
  off_t count = 0;
  int ret = iso_interval_reader_new(image.handle(), source.text.data(), &reader, &count, 0);
  if (ret < 0) return problem_from_libisofs(ret, "Cannot open interval " + shell_quote(path));
  AreaContent area{std::vector<char>(kAreaSize), 0};
  while (area.count < kAreaSize) {
    int filled = 0;
    ret = iso_interval_reader_read(reader, reinterpret_cast<std::uint8_t*>(area.bytes.data() + area.count), &filled, 0);
    if (ret <= 0 || filled <= 0) break;
    area.count += static_cast<std::size_t>(filled);
    if (filled < 2048) break;
  }
  iso_interval_reader_destroy(&reader, 0);
  if (ret < 0) return problem_from_libisofs(ret, "Cannot read interval " + shell_quote(path));
  return area;
}

}  // namespace

Result<AreaContent> read_system_area(image::Image& image, const std::string& path) {
  return path.starts_with(kInterval) ? read_interval(image, path) : read_area_file(path);
}

Result<void> apply_boot_options(iso_write_opts* opts, const BootOptions& options) {
  Checker check;
  set_area(opts, options, check);
  set_partitions(opts, options, check);
  if (!options.sparc_label.empty()) {
    std::string label = options.sparc_label;
    check(iso_write_opts_set_disc_label(opts, label.data()), "-boot_image sparc_label=");
  }
  auto serial = options.hfsplus_serial;
  check(iso_write_opts_set_hfsp_serial_number(opts, serial.data()), "-boot_image hfsplus_serial=");
  check(iso_write_opts_set_hfsp_block_size(opts, options.hfsplus_block_size, options.apm_block_size), "-boot_image hfsplus_block_size=");
  if (check.code < 0) return problem_from_libisofs(check.code, check.setting);
  return {};
}

}  // namespace core::session
