// SPDX-License-Identifier: GPL-3.0-or-later
//
// One command on its way through the device: its block, padded to 16 bytes so that no handler can read beyond it, its
// data and its answer. And the builder by which handlers make answers.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>
#include <string_view>
#include <vector>

namespace core::burner {

/// Bytes of an answer, big endian as all of SCSI.
class Answer {
 public:
  Answer& u8(std::int64_t v) {
    bytes_.push_back(static_cast<std::uint8_t>(v & 0xff));
    return *this;
  }
  Answer& u16(std::int64_t v) { return u8(v >> 8).u8(v); }
  Answer& u24(std::int64_t v) { return u8(v >> 16).u16(v); }
  Answer& u32(std::int64_t v) { return u16(v >> 16).u16(v); }
  Answer& zeros(std::size_t n) {
    bytes_.resize(bytes_.size() + n, 0);
    return *this;
  }
  /// Text padded with blanks to its field.
  Answer& text(std::string_view t, std::size_t width) {
    for (std::size_t i = 0; i < width; ++i) u8(i < t.size() ? t[i] : ' ');
    return *this;
  }
  /// Text padded with zero bytes.
  Answer& code(std::string_view t, std::size_t width) {
    for (std::size_t i = 0; i < width; ++i) u8(i < t.size() ? t[i] : 0);
    return *this;
  }
  Answer& append(const Answer& other) {
    bytes_.insert(bytes_.end(), other.bytes_.begin(), other.bytes_.end());
    return *this;
  }
  void set8(std::size_t at, std::int64_t v) { bytes_.at(at) = static_cast<std::uint8_t>(v & 0xff); }
  void set16(std::size_t at, std::int64_t v) {
    set8(at, v >> 8);
    set8(at + 1, v);
  }
  void set32(std::size_t at, std::int64_t v) {
    set16(at, v >> 16);
    set16(at + 2, v);
  }
  void set_text(std::size_t at, std::string_view t) {
    for (std::size_t i = 0; i < t.size(); ++i) set8(at + i, t[i]);
  }
  std::size_t size() const { return bytes_.size(); }
  const std::vector<std::uint8_t>& bytes() const { return bytes_; }

 private:
  std::vector<std::uint8_t> bytes_;
};

/// Reads big endian values out of parameter data; beyond the end everything is 0.
class Parameters {
 public:
  explicit Parameters(std::span<const std::byte> data) : data_(data) {}
  std::size_t size() const { return data_.size(); }
  std::uint32_t u8(std::size_t at) const { return at < data_.size() ? std::to_integer<std::uint32_t>(data_[at]) : 0; }
  std::uint32_t u16(std::size_t at) const { return u8(at) << 8 | u8(at + 1); }
  std::uint32_t u24(std::size_t at) const { return u16(at) << 8 | u8(at + 2); }
  std::uint32_t u32(std::size_t at) const { return u16(at) << 16 | u16(at + 2); }
  bool bit(std::size_t at, unsigned mask) const { return (u8(at) & mask) != 0; }
  Parameters from(std::size_t at) const { return Parameters(data_.subspan(std::min(at, data_.size()))); }

 private:
  std::span<const std::byte> data_;
};

struct Request {
  std::array<std::byte, 16> block{};      ///< the command, zero padded
  std::span<const std::byte> out;
  std::span<std::byte> in;
  std::size_t transferred = 0;
  std::int64_t delay_us = 0;

  Parameters cdb() const { return Parameters(block); }
  int opcode() const { return static_cast<int>(cdb().u8(0)); }
  /// At most `wanted` bytes of what the client sent.
  Parameters parameters(std::size_t wanted) {
    transferred = std::min(wanted, out.size());
    return Parameters(out.first(transferred));
  }
  /// Sends an answer, cut to the allocation length of the command and to the client's buffer.
  void reply(const Answer& answer, std::size_t allocation) {
    transferred = std::min({answer.size(), allocation, in.size()});
    if (transferred) std::memcpy(in.data(), answer.bytes().data(), transferred);
  }
};

}  // namespace core::burner
