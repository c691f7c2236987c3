// SPDX-License-Identifier: GPL-3.0-or-later
//
// A disc: its kind, its state (sessions, tracks, formats, wear) and the storage that holds both. A disc can be made,
// opened and looked at without a drive; everything that changes it goes through a Device.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "libcore/base/result.h"
#include "libcore/base/units.h"
#include "libcore/burner/info.h"
#include "libcore/burner/media.h"
#include "libcore/burner/random.h"
#include "libcore/burner/state.h"
#include "libcore/burner/storage.h"

namespace core::burner {

struct NewDisc {
  Medium medium = Medium::dvd_rw;
  Blocks size{0};  ///< capacity; 0 = the default of the kind. ROM: size of the image that the storage already holds
};

class Disc {
 public:
  /// Makes a virgin disc (of a ROM: a pressed one) and saves its first state durably.
  static Result<std::unique_ptr<Disc>> create(const NewDisc& options, std::unique_ptr<Storage> storage, Random& random);

  /// Opens a disc as its last saved state tells. What was under way when power was lost shows up as a real medium
  /// would show it: an open session with fewer blocks, or a damaged track.
  static Result<std::unique_ptr<Disc>> open(std::unique_ptr<Storage> storage);

  DiscInfo info() const;
  const MediumRow& row() const { return media_row(state_.medium); }

  DiscState& state() { return state_; }
  const DiscState& state() const { return state_; }
  Storage& storage() { return *storage_; }
  /// Ends the disc without saving anything.
  std::unique_ptr<Storage> release_storage() { return std::move(storage_); }

  /// Saves the state. During a test write nothing is saved.
  Result<void> save(Durability durability);

 private:
  Disc(DiscState state, std::unique_ptr<Storage> storage) : state_(std::move(state)), storage_(std::move(storage)) {}

  DiscState state_;
  std::unique_ptr<Storage> storage_;
};

}  // namespace core::burner
