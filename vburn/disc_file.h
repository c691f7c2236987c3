// SPDX-License-Identifier: GPL-3.0-or-later
//
// A disc in files (doc/disc-format.md): the blocks in a sparse file that is an image by itself, the state in a second
// file beside it, audio sectors in a third if there are any. One process at a time owns a disc.
#pragma once

#include <memory>
#include <string>

#include "libcore/base/result.h"
#include "libcore/base/unique_fd.h"
#include "libcore/burner/storage.h"

namespace vburn {

enum class Access {
  look,  ///< read the state as last saved; no lock, another process may own the disc
  own,   ///< change it; refused while another process owns it
};

enum class Existing { refuse, replace };

class DiscFile : public core::burner::Storage {
 public:
  /// Opens an existing disc. The problem says what is wrong: no such file, no state file, or who owns the disc.
  static core::Result<std::unique_ptr<DiscFile>> open(const std::string& path, Access access);
  /// Makes the empty files of a new disc, owned. An image to press into it may be given: its bytes become the blocks.
  static core::Result<std::unique_ptr<DiscFile>> create(const std::string& path, Existing existing,
                                                        const std::string& image);

  core::Result<void> read(core::Lba first, std::span<std::byte> data) override;
  core::Result<void> write(core::Lba first, std::span<const std::byte> data) override;
  core::Result<void> discard(core::Lba first, core::Blocks count) override;
  core::Result<void> read_raw(core::Bytes offset, std::span<std::byte> data) override;
  core::Result<void> write_raw(core::Bytes offset, std::span<const std::byte> data) override;
  core::Result<void> discard_raw() override;
  core::Result<std::string> load_state() override;
  core::Result<void> save_state(std::string_view blob, core::burner::Durability durability) override;

  const std::string& path() const { return path_; }
  /// Size of the block file.
  core::Result<core::Bytes> size() const;

 private:
  explicit DiscFile(std::string path) : path_(std::move(path)) {}
  core::Problem problem(const char* what, const std::string& file) const;
  core::Result<void> lock();
  core::Result<void> make_empty(const std::string& image);
  core::Result<void> open_raw();
  core::Result<void> replace_state(std::string_view blob);
  core::Result<void> save_live(std::string_view blob);

  std::string path_;
  core::UniqueFd blocks_;
  core::UniqueFd raw_;
  bool blocks_dirty_ = false;  ///< written since the last fdatasync
  bool raw_dirty_ = false;
  std::string saved_;          ///< state as in the file
  bool saved_durably_ = false;
  std::int64_t unstarted_ = 0; ///< bytes written since the kernel was last asked to begin writing them out
};

/// Names of the files that belong to the disc `path`.
std::string state_file_name(const std::string& path);
std::string live_file_name(const std::string& path);
std::string raw_file_name(const std::string& path);

}  // namespace vburn
