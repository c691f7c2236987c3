// SPDX-License-Identifier: GPL-3.0-or-later
//
// Mode pages (MMC-6 chapter 7, SPC-4 7.5): 01 error recovery, 05 write parameters, 08 caching, 0D, 0E CD audio, 1A power,
// 1D time-out, 2A capabilities. Only page 05 has an effect: the last MODE SELECT before a WRITE counts.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <span>
#include <vector>

#include "libcore/burner/layout.h"
#include "libcore/burner/recorder.h"
#include "libcore/burner/request.h"
#include "libcore/burner/sense.h"

namespace core::burner {

enum class PageControl { current = 0, changeable = 1, standard = 2, saved = 3 };

/// What page 2A reports about the drive's present state.
struct Capabilities {
  bool locked = false;
  int buffer_kb = 0;
  int max_read_kb = 0, read_kb = 0;
  int write_kb = 0;
  std::span<const int> write_speeds;
};

/// Does this medium have a test write mode? With no medium: yes, drives say so.
bool has_test_write(const DiscState* medium);

class ModePages {
 public:
  ModePages();

  /// Standard values for a medium that has just come in.
  void reset_for(const DiscState& medium);

  /// One page, or with code 3Fh all. Empty: no such page.
  Answer pages(int code, PageControl control, const Capabilities& capabilities) const;
  /// Pages of a MODE SELECT parameter list, without header and block descriptors.
  Sense select(const Parameters& list, const DiscState* medium);

  const WriteParameters& write_parameters() const { return parameters_; }

 private:
  using Page = std::vector<std::uint8_t>;
  Sense check_write_parameters(const Parameters& page, const DiscState* medium) const;
  void read_write_parameters();

  std::map<int, Page> standard_;
  std::map<int, Page> current_;
  WriteParameters parameters_;
};

}  // namespace core::burner
