// SPDX-License-Identifier: GPL-3.0-or-later
#include "libcore/image/node_details.h"

#include <cstdlib>
#include <cstring>
#include <memory>

#include "libcore/base/clibs.h"
#include "libcore/base/libraries.h"
#include "libcore/image/iso_stream.h"
#include "libcore/image/local_stream.h"

namespace core::image {

namespace {

constexpr unsigned kLoadedImageFs = 2;  ///< What libisofs uses for files of a loaded image.

using Text = std::unique_ptr<char, decltype(&std::free)>;

IsoStream* stream_of(Node node) {
  if (node.kind() != NodeKind::file) return nullptr;
  return iso_file_get_stream(reinterpret_cast<IsoFile*>(node.handle()));
}

Identity identity_of_stream(IsoStream* stream) {
  Identity id;
  iso_stream_get_id(stream, &id.fs, &id.device, &id.inode);
  return id;
}

std::string source_of_stream(IsoStream* stream) {
  const Text path(iso_stream_get_source_path(stream, 0), std::free);
  return path ? std::string(path.get()) : std::string();
}

IsoStream* innermost(IsoStream* stream) {
  while (IsoStream* input = iso_stream_get_input_stream(stream, 0)) stream = input;
  return stream;
}

void add_zisofs_parameters(IsoStream* stream, StreamStep& step) {
  int type = 0, block_size_log2 = 0;
  std::uint8_t algorithm[2]{}, algorithm_number = 0;
  if (iso_stream_get_zisofs_par(stream, &type, algorithm, &algorithm_number, &block_size_log2, 0) != 1) return;
  step.text.assign({static_cast<char>(algorithm[0]), static_cast<char>(algorithm[1])});
  step.zisofs_version = algorithm_number + 1;
  step.zisofs_block_size = std::uint32_t{1} << block_size_log2;
}

StreamStep describe(IsoStream* stream, Node node) {
  using Kind = StreamStep::Kind;
  const std::string_view type(stream->methods->type, 4);
  StreamStep step{.kind = Kind::other, .text = std::string(type), .identity = identity_of_stream(stream)};
  if (type == "user") {
    step.kind = Kind::disk;
    step.text = local_path_of(node.handle());
  } else if (type == "fsrc") {
    step.kind = step.identity.fs == kLoadedImageFs ? Kind::image : Kind::disk;
    step.text = source_of_stream(stream);
  } else if (type == "cout") {
    step.kind = Kind::cut_out;
    step.text = source_of_stream(stream);
  } else if (type == "extf") {
    step.kind = Kind::external_filter;
    IsoExternalFilterCommand* command = nullptr;
    if (iso_stream_get_external_filter(stream, &command, 0) == 1) step.text = command->name;
  } else if (type == "ziso" || type == "osiz") {
    step.kind = type == "ziso" ? Kind::zisofs : Kind::zisofs_decode;
    add_zisofs_parameters(stream, step);
  } else if (type == "gzip" || type == "pizg") {
    step.kind = type == "gzip" ? Kind::gzip : Kind::gunzip;
  } else if (type == "mem ") {
    step.kind = Kind::memory;
  }
  return step;
}

constexpr IsoHfsplusBlessings kBlessings[] = {ISO_HFSPLUS_BLESS_PPC_BOOTDIR, ISO_HFSPLUS_BLESS_INTEL_BOOTFILE,
                                              ISO_HFSPLUS_BLESS_SHOWFOLDER, ISO_HFSPLUS_BLESS_OS9_FOLDER,
                                              ISO_HFSPLUS_BLESS_OSX_FOLDER};

}  // namespace

std::optional<Identity> identity_of(Node node) {
  IsoStream* stream = stream_of(node);
  if (stream == nullptr) return std::nullopt;
  return identity_of_stream(innermost(stream));
}

LinkCounts::LinkCounts(const Image& image) {
  std::vector<Node> directories{image.root()};
  while (!directories.empty()) {
    const Node directory = directories.back();
    directories.pop_back();
    for (const Node child : directory.children()) {
      if (child.is_directory()) directories.push_back(child);
      else if (const auto id = identity_of(child)) counts_[*id]++;
    }
  }
}

std::uint64_t LinkCounts::of(Node node) const {
  const auto id = identity_of(node);
  if (!id) return 1;
  const auto entry = counts_.find(*id);
  return entry == counts_.end() ? 1 : entry->second;
}

bool has_pending_data(Node node) {
  if (node.kind() != NodeKind::file) return false;
  uint32_t lba = 0;
  return iso_file_get_old_image_lba(reinterpret_cast<IsoFile*>(node.handle()), &lba, 0) != 1;
}

std::string source_path(Node node) {
  IsoStream* stream = stream_of(node);
  if (stream == nullptr) return {};
  stream = innermost(stream);
  if (std::memcmp(stream->methods->type, "cout", 4) != 0) return local_path_of(node.handle());
  std::string path = source_of_stream(stream);  // path, offset, size
  for (int numbers = 0; numbers < 2; numbers++) path.resize(std::min(path.size(), path.rfind(' ')));
  return path;
}

std::vector<StreamStep> stream_chain(Node node) {
  std::vector<StreamStep> chain;
  for (IsoStream* stream = stream_of(node); stream != nullptr; stream = iso_stream_get_input_stream(stream, 0))
    chain.push_back(describe(stream, node));
  return chain;
}

bool has_filter(Node node) {
  IsoStream* stream = stream_of(node);
  return stream != nullptr && iso_stream_get_input_stream(stream, 0) != nullptr;
}

Result<void> make_md5(Image& image, Node node) {
  const int ret = iso_file_make_md5(reinterpret_cast<IsoFile*>(node.handle()), 0);
  if (ret < 0) return problem_from_libisofs(ret, "");
  image.note_attributes();
  return {};
}

std::string truncated_name(std::string_view name, int limit) {
  std::string cut(name);
  cut.reserve(4096);
  if (iso_truncate_leaf_name(1, limit, cut.data(), 0) > 0) cut.resize(std::strlen(cut.c_str()));
  return cut;
}

std::optional<HfsCodes> hfs_codes(Node node) {
  void* data = nullptr;
  if (iso_node_get_xinfo(node.handle(), iso_hfsplus_xinfo_func, &data) != 1) return std::nullopt;
  const auto* info = static_cast<const iso_hfsplus_xinfo_data*>(data);
  return HfsCodes{.creator = std::string(reinterpret_cast<const char*>(info->creator_code), 4),
                  .type = std::string(reinterpret_cast<const char*>(info->type_code), 4)};
}

Result<void> set_hfs_codes(Image& image, Node node, const HfsCodes& codes) {
  void* data = nullptr;
  if (iso_node_get_xinfo(node.handle(), iso_hfsplus_xinfo_func, &data) != 1) {
    data = iso_hfsplus_xinfo_new(0);
    const int ret = data == nullptr ? static_cast<int>(ISO_OUT_OF_MEM) : iso_node_add_xinfo(node.handle(), iso_hfsplus_xinfo_func, data);
    if (ret < 0) return problem_from_libisofs(ret, "");
  }
  auto* info = static_cast<iso_hfsplus_xinfo_data*>(data);
  std::memcpy(info->creator_code, codes.creator.data(), 4);
  std::memcpy(info->type_code, codes.type.data(), 4);
  image.note_attributes();
  return {};
}

bool remove_hfs_codes(Image& image, Node node) {
  if (iso_node_remove_xinfo(node.handle(), iso_hfsplus_xinfo_func) != 1) return false;
  image.note_attributes();
  return true;
}

std::optional<Blessing> blessing_of(const Image& image, Node node) {
  IsoNode** blessed = nullptr;
  int count = 0;
  if (iso_image_hfsplus_get_blessed(image.handle(), &blessed, &count, 0) < 0) return std::nullopt;
  for (int i = 0; i < 5 && i < count; i++)
    if (blessed[kBlessings[i]] == node.handle()) return static_cast<Blessing>(i);
  return std::nullopt;
}

Result<bool> bless(Image& image, Node node, Blessing blessing) {
  const int ret =
      iso_image_hfsplus_bless(image.handle(), kBlessings[static_cast<int>(blessing)], node.handle(), 0);
  if (ret < 0) return problem_from_libisofs(ret, "");
  if (ret > 0) image.note_attributes();
  return ret > 0;
}

Result<bool> revoke_blessing(Image& image, Node node) {
  const int ret = iso_image_hfsplus_bless(image.handle(), ISO_HFSPLUS_BLESS_MAX, node.handle(), 1 << 1);
  if (ret < 0) return problem_from_libisofs(ret, "");
  if (ret > 0) image.note_attributes();
  return ret > 0;
}

}  // namespace core::image
