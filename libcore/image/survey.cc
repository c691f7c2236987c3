// SPDX-License-Identifier: GPL-3.0-or-later
#include "libcore/image/survey.h"

#include <array>
#include <cstdlib>
#include <cstring>

#include "libcore/base/clibs.h"

namespace core::image {
namespace {

using Block = std::array<std::byte, kBlockSize>;
constexpr int kMostDescriptors = 64;

unsigned byte_at(const Block& b, std::size_t at) { return std::to_integer<unsigned>(b[at]); }

std::uint32_t little_endian_32(const Block& b, std::size_t at) {
  return byte_at(b, at) | byte_at(b, at + 1) << 8 | byte_at(b, at + 2) << 16 | byte_at(b, at + 3) << 24;
}

bool has_text(const Block& b, std::size_t at, std::string_view text) { return std::memcmp(&b[at], text.data(), text.size()) == 0; }

/// ECMA-119 8.4.32 with the escape sequences by which Joliet tells UCS-2 levels 1 to 3.
bool is_joliet(const Block& b) {
  return has_text(b, 88, "%/@") || has_text(b, 88, "%/C") || has_text(b, 88, "%/E");
}

/// The System Use area of the root's first record begins by a SUSP entry "SP" if there is any; Rock Ridge entries follow.
bool has_rock_ridge(BlockSource& source, const Block& primary, Blocks displacement) {
  const Lba root{static_cast<std::int64_t>(little_endian_32(primary, 156 + 2)) + displacement.value};
  Block b;
  if (!source.read(root, b)) return false;
  const std::size_t record = byte_at(b, 0), name = byte_at(b, 32);
  std::size_t at = 33 + name + (name % 2 == 0 ? 1 : 0);
  bool susp = false;
  while (at + 4 <= record && record < kBlockSize) {
    const std::size_t length = byte_at(b, at + 2);
    if (length < 4) break;
    if (has_text(b, at, "SP")) susp = true;
    if (susp && (has_text(b, at, "RR") || has_text(b, at, "PX") || has_text(b, at, "ER") || has_text(b, at, "CE"))) return true;
    at += length;
  }
  return false;
}

std::string node_path(IsoNode* node) {
  char* path = node == nullptr ? nullptr : iso_tree_get_node_path(node);
  std::string text = path == nullptr ? "" : path;
  std::free(path);
  return text;
}

}  // namespace

Result<TreeOffer> survey_session(BlockSource& source, Lba session_start, Blocks displacement) {
  TreeOffer offer;
  Block b;
  for (int i = 0; i < kMostDescriptors; ++i) {
    auto got = source.read(session_start + Blocks{16 + i}, b);
    if (!got) {
      if (i > 0) return offer;
      return std::move(got).problem();
    }
    if (!has_text(b, 1, "CD001")) return offer;
    const unsigned type = byte_at(b, 0);
    if (type == 255) return offer;
    if (i == 0 && type == 1) {
      offer.is_iso = true;
      offer.volume_id.assign(reinterpret_cast<const char*>(&b[40]), 32);
      offer.volume_id.erase(offer.volume_id.find_last_not_of(' ') + 1);
      offer.size = {little_endian_32(b, 80)};
      for (std::size_t k = 0; k < offer.times.size(); ++k) offer.times[k].assign(reinterpret_cast<const char*>(&b[813 + 17 * k]), 16);
      offer.rock_ridge = has_rock_ridge(source, b, displacement);
    } else if (type == 2 && byte_at(b, 6) == 2) {
      offer.iso_1999 = true;
    } else if (type == 2 && is_joliet(b)) {
      offer.joliet = true;
    } else if (type == 0 && has_text(b, 7, "EL TORITO SPECIFICATION")) {
      offer.el_torito = true;
    }
  }
  return offer;
}

BootEquipment boot_equipment(const Image& image) {
  BootEquipment e;
  ElToritoBootImage* boot = nullptr;
  IsoFile* file = nullptr;
  IsoBoot* catalog = nullptr;
  if (iso_image_get_boot_image(image.handle(), &boot, &file, &catalog) != 1) return e;
  e.present = true;
  e.catalog_path = node_path(reinterpret_cast<IsoNode*>(catalog));
  int count = 0;
  ElToritoBootImage** boots = nullptr;
  IsoFile** files = nullptr;
  if (iso_image_get_all_boot_imgs(image.handle(), &count, &boots, &files, 0) == 1) {
    for (int i = 0; i < count; ++i) e.image_paths.push_back(node_path(reinterpret_cast<IsoNode*>(files[i])));
    std::free(boots);
    std::free(files);
  }
  return e;
}

}  // namespace core::image
