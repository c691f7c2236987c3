// SPDX-License-Identifier: GPL-3.0-or-later
#include "test/unit/burner/host.h"

#include <doctest/doctest.h>

namespace core::burner {
namespace {

std::byte pattern(std::int64_t lba, std::size_t at, int mark) {
  return static_cast<std::byte>((lba * 7 + static_cast<std::int64_t>(at) * 3 + mark * 31 + 1) & 0xff);
}

void put32(std::vector<std::byte>& v, std::size_t at, std::int64_t value) {
  for (int i = 0; i < 4; ++i) v[at + static_cast<std::size_t>(i)] = static_cast<std::byte>(value >> (24 - 8 * i) & 0xff);
}

}  // namespace

std::vector<std::byte> bytes(std::initializer_list<int> values) {
  std::vector<std::byte> v;
  for (const int b : values) v.push_back(static_cast<std::byte>(b));
  return v;
}

Host::Host(const char* medium, std::int64_t blocks, DeviceOptions device_options) : options(std::move(device_options)) {
  const MediumRow* row = find_medium(medium);
  REQUIRE(row);
  SeededRandom random(1);
  auto disc = Disc::create({.medium = row->medium, .size = Blocks{blocks}}, std::make_unique<MemoryStorage>(cells), random);
  REQUIRE(disc);
  device = std::make_unique<Device>(options, clock);
  device->load(std::move(*disc));
  device->swallow_unit_attention();
}

std::uint32_t Host::send(const std::vector<std::byte>& cdb, std::span<const std::byte> out, std::size_t in_size) {
  in_.assign(in_size, std::byte{0});
  reply_ = device->execute({.cdb = cdb, .data_out = out, .data_in = in_});
  if (reply_.power_lost) return 0xffffff;
  in_.resize(out.empty() ? std::min(in_size, reply_.transferred) : 0);
  return reply_.status == Status::good ? 0 : code_of(reply_.sense);
}

std::uint32_t Host::send(std::initializer_list<int> cdb, std::span<const std::byte> out, std::size_t in_size) {
  return send(bytes(cdb), out, in_size);
}

std::uint32_t Host::write(std::int64_t lba, int blocks, int mark) {
  std::vector<std::byte> cdb = bytes({0x2a, 0, 0, 0, 0, 0, 0, blocks >> 8, blocks & 255, 0});
  put32(cdb, 2, lba);
  std::vector<std::byte> data(static_cast<std::size_t>(blocks) * 2048);
  for (std::size_t i = 0; i < data.size(); ++i) data[i] = pattern(lba + static_cast<std::int64_t>(i / 2048), i % 2048, mark);
  return send(cdb, data, 0);
}

std::uint32_t Host::write_many(std::int64_t lba, int blocks, int mark) {
  while (blocks > 0) {
    const int n = std::min(blocks, 31);
    if (const std::uint32_t s = write(lba, n, mark)) return s;
    lba += n;
    blocks -= n;
  }
  return 0;
}

std::uint32_t Host::read(std::int64_t lba, int blocks) {
  std::vector<std::byte> cdb = bytes({0x28, 0, 0, 0, 0, 0, 0, blocks >> 8, blocks & 255, 0});
  put32(cdb, 2, lba);
  return send(cdb, {}, static_cast<std::size_t>(blocks) * 2048);
}

bool Host::holds(std::int64_t lba, int blocks, int mark) {
  if (read(lba, blocks) != 0) return false;
  for (std::size_t i = 0; i < in_.size(); ++i)
    if (in_[i] != pattern(lba + static_cast<std::int64_t>(i / 2048), i % 2048, mark)) return false;
  return true;
}

bool Host::reads_zeros(std::int64_t lba, int blocks) {
  if (read(lba, blocks) != 0) return false;
  return std::all_of(in_.begin(), in_.end(), [](std::byte b) { return b == std::byte{0}; });
}

std::uint32_t Host::reserve(std::int64_t blocks) {
  std::vector<std::byte> cdb = bytes({0x53, 0, 0, 0, 0, 0, 0, 0, 0, 0});
  put32(cdb, 5, blocks);
  return send(cdb, {}, 0);
}

std::uint32_t Host::format(int type, std::int64_t blocks, std::uint32_t parameter, int subtype, int code) {
  std::vector<std::byte> list = bytes({0, 0x82, 0, 8, 0, 0, 0, 0, type << 2 | subtype, 0, 0, 0});
  put32(list, 4, blocks);
  for (int i = 0; i < 3; ++i) list[9 + static_cast<std::size_t>(i)] = static_cast<std::byte>(parameter >> (16 - 8 * i) & 0xff);
  return send(bytes({0x04, 0x10 | code, 0, 0, 0, 0}), list, 0);
}

std::uint32_t Host::select(const WriteMode& mode) {
  std::vector<std::byte> list(60);
  list[8] = std::byte{0x05};
  list[9] = std::byte{50};
  list[10] = static_cast<std::byte>(0x40 | (mode.test ? 0x10 : 0) | mode.type);
  list[11] = static_cast<std::byte>(mode.multi << 6 | (mode.fixed_packet ? 0x20 : 0) | mode.track_mode);
  list[12] = static_cast<std::byte>(mode.block_type);
  return send(bytes({0x55, 0x10, 0, 0, 0, 0, 0, 0, 60, 0}), list, 0);
}

Host::DiscReply Host::disc() {
  REQUIRE(send({0x51, 0, 0, 0, 0, 0, 0, 0, 34, 0}, {}, 34) == 0);
  REQUIRE(in_.size() == 34);
  DiscReply r{};
  r.status = static_cast<int>(u8(2) & 3);
  r.session_state = static_cast<int>(u8(2) >> 2 & 3);
  r.erasable = (u8(2) & 0x10) != 0;
  r.sessions = static_cast<int>(u8(4) | u8(9) << 8);
  r.first_track = static_cast<int>(u8(5) | u8(10) << 8);
  r.last_track = static_cast<int>(u8(6) | u8(11) << 8);
  r.background = static_cast<int>(u8(7) & 3);
  return r;
}

Host::TrackReply Host::track(int number) {
  TrackReply r{};
  r.sense = send({0x52, 1, 0, 0, number >> 8, number & 255, 0, 0, 36, 0}, {}, 36);
  if (r.sense) return r;
  REQUIRE(in_.size() == 36);
  r.number = static_cast<int>(u8(2) | u8(32) << 8);
  r.session = static_cast<int>(u8(3) | u8(33) << 8);
  r.damaged = (u8(5) & 0x20) != 0;
  r.mode = static_cast<int>(u8(5) & 15);
  r.bits = static_cast<int>(u8(6) >> 4);
  r.nwa_valid = (u8(7) & 1) != 0;
  r.start = u32(8);
  r.nwa = u32(12);
  r.free = u32(16);
  r.packet = u32(20);
  r.size = u32(24);
  return r;
}

std::int64_t Host::next_start() { return track(disc().first_track).start; }

std::int64_t Host::capacity() {
  REQUIRE(send({0x25, 0, 0, 0, 0, 0, 0, 0, 0, 0}, {}, 8) == 0);
  return u32(0);
}

int Host::profile() {
  REQUIRE(send({0x46, 0, 0, 0, 0, 0, 0, 0, 8, 0}, {}, 8) == 0);
  return static_cast<int>(u16(6));
}

bool Host::feature_current(int code) {
  REQUIRE(send({0x46, 2, code >> 8, code & 255, 0, 0, 0, 0, 64, 0}, {}, 64) == 0);
  return in_.size() > 10 && u16(8) == static_cast<std::uint32_t>(code) && (u8(10) & 1);
}

bool Host::restart() {
  device = std::make_unique<Device>(options, clock);
  auto disc = Disc::open(std::make_unique<MemoryStorage>(cells));
  if (!disc) return false;
  device->load(std::move(*disc));
  device->swallow_unit_attention();
  return true;
}

}  // namespace core::burner
