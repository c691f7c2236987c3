// SPDX-License-Identifier: GPL-3.0-or-later
#include "libcore/drive/acquire.h"

#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>

#include "libcore/base/clibs.h"
#include "libcore/base/text.h"
#include "libcore/drive/lib_drive.h"

namespace core::drive {
namespace {

void preset_access(const AcquireOptions& o) {
  int exclusive = o.exclusive ? 1 : 0;
  switch (o.family) {
    case AcquireOptions::Family::standard: break;
    case AcquireOptions::Family::sr: exclusive |= 4; break;
    case AcquireOptions::Family::scd: exclusive |= 8; break;
    case AcquireOptions::Family::sg: exclusive |= 16; break;
  }
  burn::burn_preset_device_open(exclusive, 0, 0);
  int roles = 1;
  if (o.access_test != AcquireOptions::AccessTest::off) roles |= 2 | 4;
  if (o.access_test == AcquireOptions::AccessTest::appendable_write_only) roles |= 8;
  burn::burn_allow_drive_role_4(roles);
}

/// "rwrw--": read and write permission of owner, group, others.
std::string permissions_of(const std::string& path) {
  struct stat st{};
  if (::stat(path.c_str(), &st) != 0) return "------";
  std::string p;
  for (const mode_t bit : {S_IRUSR, S_IWUSR, S_IRGRP, S_IWGRP, S_IROTH, S_IWOTH})
    p += (st.st_mode & bit) == 0 ? '-' : bit & (S_IRUSR | S_IRGRP | S_IROTH) ? 'r' : 'w';
  return p;
}

}  // namespace

Result<std::shared_ptr<Drive>> acquire(std::string_view address, const AcquireOptions& options) {
  std::string adr(address);
  // libburn's own buffers are a little longer than what it accepts safely.
  if (adr.size() >= BURN_DRIVE_ADR_LEN - 64)
    return Problem{Severity::failure, strprintf("Drive address too long (%d)", static_cast<int>(adr.size())), ENAMETOOLONG};
  preset_access(options);
  burn::burn_drive_info* info = nullptr;
  if (isoburn_drive_aquire(&info, adr.data(), acquire_flags(options)) <= 0)
    return Problem{Severity::failure, "Cannot acquire drive " + shell_quote(options.shown_address.empty() ? adr : options.shown_address)};
  return std::shared_ptr<Drive>(new LibDrive(info, std::move(adr), options));
}

bool looks_like_burner(const std::string& path) {
  if (path.empty() || path.size() >= BURN_DRIVE_ADR_LEN - 64) return false;
  std::string p = path;
  if (burn::burn_drive_is_enumerable_adr(p.data()) > 0) return true;
  char adr[BURN_DRIVE_ADR_LEN] = "";
  struct stat st{};
  if (::stat(p.c_str(), &st) != 0 || (!S_ISBLK(st.st_mode) && !S_ISCHR(st.st_mode))) return false;
  return burn::burn_drive_convert_fs_adr(p.data(), adr) > 0;
}

Result<std::vector<FoundDrive>> scan_drives(const AcquireOptions& options, bool with_links) {
  preset_access(options);
  burn::burn_drive_clear_whitelist();
  burn::burn_drive_info* list = nullptr;
  unsigned count = 0;
  int rc;
  while ((rc = burn::burn_drive_scan(&list, &count)) == 0) ::usleep(1002);
  std::vector<FoundDrive> found;
  for (unsigned i = 0; rc > 0 && i < count; ++i) {
    char adr[BURN_DRIVE_ADR_LEN] = "";
    if (burn::burn_drive_d_get_adr(list[i].drive, adr) <= 0) continue;
    FoundDrive d;
    d.identity = {adr, adr, list[i].vendor, list[i].product, list[i].revision};
    char link[BURN_DRIVE_ADR_LEN] = "";
    static char dev[] = "/dev";
    if (with_links && burn::burn_lookup_device_link(adr, link, dev, nullptr, 0, 0) == 1) d.link = link;
    d.permissions = permissions_of(adr);
    found.push_back(std::move(d));
  }
  if (list != nullptr) burn::burn_drive_info_free(list);
  if (rc < 0) return Problem{Severity::failure, "Failed to scan for drives"};
  return found;
}

}  // namespace core::drive
