// SPDX-License-Identifier: GPL-3.0-or-later
//
// Where identifiers (disc id, serial number) come from. A fixed seed makes a disc reproducible.
#pragma once

#include <cstdint>

namespace core::burner {

class Random {
 public:
  virtual ~Random() = default;
  virtual std::uint64_t next() = 0;
};

/// SplitMix64: the same seed gives the same discs.
class SeededRandom : public Random {
 public:
  explicit SeededRandom(std::uint64_t seed) : state_(seed) {}
  std::uint64_t next() override {
    std::uint64_t z = (state_ += 0x9e3779b97f4a7c15u);
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
    return z ^ (z >> 31);
  }

 private:
  std::uint64_t state_;
};

}  // namespace core::burner
