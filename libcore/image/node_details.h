// SPDX-License-Identifier: GPL-3.0-or-later
//
// What a node tells only on closer look: the identity of its content, its siblings by hard link, where the content comes
// from and through which filters, recorded checksums, and the codes that Apple's HFS+ knows.
#pragma once

#include <sys/types.h>

#include <compare>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "libcore/base/result.h"
#include "libcore/image/image.h"

namespace core::image {

/// Nodes of the same identity are hard links of one file. fs 1 is the local disk, 2 a loaded image.
struct Identity {
  unsigned fs = 0;
  dev_t device = 0;
  ino_t inode = 0;
  auto operator<=>(const Identity&) const = default;
};
/// Of data files, else empty.
std::optional<Identity> identity_of(Node node);

/// Numbers of hard link siblings of the data files of an image, collected in one walk.
class LinkCounts {
 public:
  explicit LinkCounts(const Image& image);
  std::uint64_t of(Node node) const;

 private:
  std::map<Identity, std::uint64_t> counts_;
};

/// True for data files whose content will be read from outside of the loaded image.
bool has_pending_data(Node node);

/// Absolute disk path of the content of a data file that is not from the loaded image, else empty.
std::string source_path(Node node);

/// The streams that make the content, the last filter first.
struct StreamStep {
  enum class Kind { disk, image, cut_out, external_filter, zisofs, zisofs_decode, gzip, gunzip, memory, other } kind;
  std::string text;       ///< path or filter name, or the library's four letter type for `other`
  Identity identity;
  int zisofs_version = 0;
  std::uint32_t zisofs_block_size = 0;
};
std::vector<StreamStep> stream_chain(Node node);
bool has_filter(Node node);

/// Computes and records the MD5 of a data file's present content.
Result<void> make_md5(Image& image, Node node);

/// The name as -file_name_limit would cut it: at most `limit` bytes, with an MD5 of the whole at the end.
std::string truncated_name(std::string_view name, int limit);

/// HFS+ creator and type, 4 characters each.
struct HfsCodes {
  std::string creator, type;
};
std::optional<HfsCodes> hfs_codes(Node node);
Result<void> set_hfs_codes(Image& image, Node node, const HfsCodes& codes);
/// Returns false if there were none.
bool remove_hfs_codes(Image& image, Node node);

enum class Blessing { ppc_bootdir, intel_bootfile, show_folder, os9_folder, osx_folder };
std::optional<Blessing> blessing_of(const Image& image, Node node);
/// False if the node has another blessing already or is of the wrong kind.
Result<bool> bless(Image& image, Node node, Blessing blessing);
/// False if the node had no blessing.
Result<bool> revoke_blessing(Image& image, Node node);

}  // namespace core::image
