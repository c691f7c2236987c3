// SPDX-License-Identifier: GPL-3.0-or-later
//
// What scans for drives read besides the device nodes: sysfs entries of block and SCSI generic devices, and the cdrom
// driver's list. The files under dev/ only lend their names to directory listings.
#include "vburn/daemon/shadow.h"

#include <filesystem>
#include <fstream>

#include "libcore/base/text.h"

namespace vburn {
namespace {

namespace fs = std::filesystem;

void put(const fs::path& path, const std::string& text) {
  fs::create_directories(path.parent_path());
  std::ofstream(path) << text;
}

void put_link(const fs::path& path, const std::string& target) {
  fs::create_directories(path.parent_path());
  fs::create_symlink(target, path);
}

void put_identity(const fs::path& device, const core::burner::DriveInfo& info) {
  put(device / "vendor", core::strprintf("%-8s\n", info.vendor.c_str()));
  put(device / "model", core::strprintf("%-16s\n", info.product.c_str()));
  put(device / "rev", core::strprintf("%-4s\n", info.revision.c_str()));
  put(device / "type", "5\n");
  put(device / "scsi_level", "6\n");
  put(device / "state", "running\n");
}

void put_drive(const fs::path& root, Drive& drive) {
  const int n = drive.number();
  const std::string sr = core::strprintf("sr%d", n);
  const std::string sg = core::strprintf("sg%d", n);
  for (const std::string& name : {sr, sg, core::strprintf("scd%d", n)}) put(root / "dev" / name, "");
  if (n == 0) put_link(root / "dev/cdrom", "sr0");
  const fs::path block = root / "sys/block" / sr;
  const auto size = core::to_bytes(drive.size()).value / 512;
  put(block / "dev", core::strprintf("%d:%d\n", kCdromMajor, n));
  put(block / "size", core::strprintf("%lld\n", static_cast<long long>(size)));
  put(block / "removable", "1\n");
  put(block / "ro", "0\n");
  put(block / "capability", "119\n");
  put(block / "range", "1\n");
  put(block / "uevent", core::strprintf("MAJOR=%d\nMINOR=%d\nDEVNAME=%s\nDEVTYPE=disk\n", kCdromMajor, n, sr.c_str()));
  put(block / "queue/logical_block_size", "2048\n");
  put(block / "queue/physical_block_size", "2048\n");
  put(block / "queue/hw_sector_size", "2048\n");
  put(block / "queue/rotational", "1\n");
  put(block / "queue/max_sectors_kb", core::strprintf("%u\n", kSharedBytes / 1024));
  put_identity(block / "device", drive.info());
  put_link(root / "sys/class/block" / sr, "../../block/" + sr);
  put_link(root / "sys/dev/block" / core::strprintf("%d:%d", kCdromMajor, n), "../../block/" + sr);
  const fs::path generic = root / "sys/class/scsi_generic" / sg;
  put(generic / "dev", core::strprintf("%d:%d\n", kSgMajor, n));
  put(generic / "uevent", core::strprintf("MAJOR=%d\nMINOR=%d\nDEVNAME=%s\n", kSgMajor, n, sg.c_str()));
  put_link(generic / "device", "../../../block/" + sr + "/device");
  put_link(root / "sys/dev/char" / core::strprintf("%d:%d", kSgMajor, n), "../../class/scsi_generic/" + sg);
}

/// The file /proc/sys/dev/cdrom/info: a column per drive, the last drive first as the kernel lists them.
std::string cdrom_info(const std::vector<std::unique_ptr<Drive>>& drives) {
  struct Row {
    const char* label;
    const char* value;  ///< nullptr: the drive's name
  };
  static constexpr Row kRows[] = {
      {"drive name:\t", nullptr}, {"drive speed:\t", "48"}, {"drive # of slots:", "1"}, {"Can close tray:\t", "1"},
      {"Can open tray:\t", "1"}, {"Can lock tray:\t", "1"}, {"Can change speed:", "1"}, {"Can select disk:", "0"},
      {"Can read multisession:", "1"}, {"Can read MCN:\t", "1"}, {"Reports media changed:", "1"},
      {"Can play audio:\t", "1"}, {"Can write CD-R:\t", "1"}, {"Can write CD-RW:", "1"}, {"Can read DVD:\t", "1"},
      {"Can write DVD-R:", "1"}, {"Can write DVD-RAM:", "1"}, {"Can read MRW:\t", "0"}, {"Can write MRW:\t", "0"},
      {"Can write RAM:\t", "1"},
  };
  std::string text = "CD-ROM information, Id: cdrom.c 3.20 2003/12/17\n\n";
  for (const Row& row : kRows) {
    text += row.label;
    for (auto drive = drives.rbegin(); drive != drives.rend(); ++drive)
      text += row.value ? std::string("\t") + row.value : core::strprintf("\tsr%d", (*drive)->number());
    text += '\n';
  }
  return text + "\n\n";
}

}  // namespace

core::Result<void> make_shadow_tree(const std::string& dir, const std::vector<std::unique_ptr<Drive>>& drives) {
  const fs::path root = fs::path(dir) / kShadowName;
  try {
    for (const char* const name : {"dev", "sys/block", "sys/class/block", "sys/class/scsi_generic", "sys/dev/block"})
      fs::create_directories(root / name);
    for (const auto& drive : drives) put_drive(root, *drive);
    put(root / "proc/sys/dev/cdrom/info", cdrom_info(drives));
  } catch (const fs::filesystem_error& error) {
    return core::Problem{.text = std::string("Cannot make the tree of device files : ") + error.what(),
                         .os_errno = error.code().value()};
  }
  return {};
}

}  // namespace vburn
