// SPDX-License-Identifier: GPL-3.0-or-later
//
// The drive as libburn and libisoburn show it. libisoburn knows how to read the emulated table of content of overwritable
// media and where the next session goes on each kind of medium; this class turns that into the interface of drive.h and
// adds what the libraries don't do well: reading files by several threads, and writing files in large chunks.
#pragma once

#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "libcore/base/unique_fd.h"
#include "libcore/drive/acquire.h"
#include "libcore/drive/drive.h"

namespace burn {
struct burn_drive_info;
struct burn_write_opts;
}

namespace core::drive {

class LibDrive final : public Drive {
 public:
  LibDrive(burn::burn_drive_info* info, std::string address, const AcquireOptions& options);
  ~LibDrive() override;

  const Identity& identity() const override { return identity_; }
  const AcquireOptions& options() const override { return options_; }
  Kind kind() const override { return kind_; }
  Profile profile() const override;
  MediumStatus status() const override;
  bool overwritable() const override;
  Result<TableOfContent> toc() override;
  Result<void> choose_session(const SessionChoice& choice) override;
  Result<Lba> loaded_session() override;
  Result<SessionAddress> find_session(const SessionChoice& choice) override;
  Result<Lba> next_writable_address() override;
  Bytes free_space() override;
  Bytes blank_space() override;
  Result<void> blank(const BlankRequest&, Progress&) override;
  Result<void> format(const FormatRequest&, Progress&) override;
  bool erasable() const override;
  Result<FormatList> formats() override;
  std::optional<SpareInfo> spare_info() override;
  std::string medium_product() const override;
  std::string serial_number() const override;
  Remark remark() const override;
  Result<void> close_damaged(bool force, bool close_medium) override;
  bool has_open_session() override;
  void calm_down(bool calm) override;
  void set_read_speed(int kilobytes_per_second) override;
  Result<std::vector<SpeedDescriptor>> speeds() override;
  Result<std::vector<Profile>> profiles() override;
  Result<std::unique_ptr<SessionWriter>> start_session(const WriteSettings&, Progress&) override;
  Result<void> overwrite(Lba start, std::span<const std::byte> bytes) override;
  Result<void> reassess() override;
  void eject_at_end(bool eject) override { eject_ = eject; }
  burn::burn_drive* handle() const override;

  Result<void> read(Lba start, std::span<std::byte> buffer) override;
  Blocks capacity() const override;
  RawFile raw_file() const override;

 private:
  const std::string& path() const { return path_; }
  Result<void> read_file(Lba start, std::span<std::byte> buffer);
  Result<void> read_medium(Lba start, std::span<std::byte> buffer);
  /// Opens the file behind a pseudo drive for reading, once. -1 if that isn't possible.
  int read_fd() const;
  void forget_medium();
  Result<void> refuse_readonly() const;
  TableOfContent toc_of_unknown_content();
  bool has_complete_session() const;
  /// Waits until an asynchronous job of libburn has ended, and publishes what the drive tells about its progress.
  void wait_until_idle(Progress& progress, Phase phase);

  burn::burn_drive_info* info_;
  Identity identity_;
  AcquireOptions options_;
  Kind kind_;
  std::string path_;           ///< of pseudo drives: address without "stdio:"
  int inherited_fd_ = -1;      ///< of "stdio:/dev/fd/N": N
  bool eject_ = false;
  mutable std::mutex mutex_;   ///< one reader at a time at the drive; guards fd_ and capacity_
  mutable UniqueFd fd_;
  mutable std::int64_t capacity_ = -1;
};

/// The flag word of isoburn_drive_aquire() for the given options.
int acquire_flags(const AcquireOptions& options);

}  // namespace core::drive
