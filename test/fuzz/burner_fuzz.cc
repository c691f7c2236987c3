// SPDX-License-Identifier: GPL-3.0-or-later
//
// Throws bytes at the virtual drive: valid commands, mutated ones and plain noise, in every state of every medium.
// Whatever comes, the drive answers within the client's buffers, with well-formed sense, and its disc obeys the rules:
// a write-once block that was acknowledged as durable never changes, and after a loss of power the disc opens again.
//
// With -DFUZZ_LIBFUZZER (clang -fsanitize=fuzzer) it is a libFuzzer target. Without, it is a program:
//   burner-fuzz SEED COUNT     runs COUNT generated inputs; the same numbers give the same run
//   burner-fuzz FILE           runs one input, as libFuzzer leaves it behind
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <iterator>
#include <map>
#include <vector>

#include "libcore/burner/device.h"
#include "libcore/burner/opcodes.h"
#include "test/unit/burner/memory_storage.h"

namespace {

using namespace core;
using namespace core::burner;

/// The input, taken byte by byte; zeros when it is used up.
class Input {
 public:
  Input(const std::uint8_t* data, std::size_t size) : data_(data), size_(size) {}
  bool empty() const { return at_ >= size_; }
  std::uint8_t byte() { return at_ < size_ ? data_[at_++] : 0; }
  unsigned word() { const unsigned high = byte(); return high << 8 | byte(); }

 private:
  const std::uint8_t* data_;
  std::size_t size_, at_ = 0;
};

[[noreturn]] void broken(const char* what, const std::vector<std::byte>& cdb) {
  std::fprintf(stderr, "burner-fuzz: %s; command:", what);
  for (const std::byte b : cdb) std::fprintf(stderr, " %02x", std::to_integer<unsigned>(b));
  std::fprintf(stderr, "\n");
  std::abort();
}

std::vector<std::byte> cdb_of(std::initializer_list<int> values) {
  std::vector<std::byte> cdb;
  for (const int v : values) cdb.push_back(static_cast<std::byte>(v));
  return cdb;
}

class Session {
 public:
  explicit Session(Medium medium) : row_(media_row(medium)) {
    // Small discs reach their ends. A ROM has what its storage holds.
    SeededRandom random(1);
    auto disc = Disc::create({.medium = medium, .size = {row_.writable ? 0 : 64}}, std::make_unique<MemoryStorage>(cells_), random);
    if (!disc) {
      std::fprintf(stderr, "burner-fuzz: can't create %.*s: %s\n", static_cast<int>(row_.name.size()), row_.name.data(),
                   disc.problem().text.c_str());
      std::abort();
    }
    device_ = std::make_unique<Device>(DeviceOptions{}, clock_);
    device_->load(std::move(disc).value());
  }

  void command(const std::vector<std::byte>& cdb, std::size_t out_size, std::size_t in_size, std::uint8_t fill) {
    std::vector<std::byte> out(out_size), in(in_size);
    for (std::size_t i = 0; i < out.size(); i++) out[i] = static_cast<std::byte>(fill * (i / 2048 + 1) + (fill & 1) * i);
    send(cdb, out, in);
  }

  void command(const std::vector<std::byte>& cdb, Input& input, std::size_t out_size, std::size_t in_size) {
    std::vector<std::byte> out(out_size), in(in_size);
    for (std::byte& b : out) b = static_cast<std::byte>(input.byte());
    send(cdb, out, in);
  }

  /// Brings the medium into one of the states that clients leave behind.
  void prepare(unsigned how) {
    command(cdb_of({0, 0, 0, 0, 0, 0}), 0, 0, 0);
    if (how & 1) command(cdb_of({0x04, 0x11, 0, 0, 0, 0}), 12, 0, 0);
    if (how & 2) write_some(0, 64);
    if (how & 4) close(1), close(2);
    if (how & 8) write_some(0x4000, 32);
    if (how & 16) device_->set_timing({.realtime = true, .factor = 4});
    if (how & 32) command(cdb_of({0xa1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0}), 0, 0, 0);
  }

  void power_cycle() {
    cells_->power_off();
    if (const auto done = device_->power_cycle(); !done) {
      std::fprintf(stderr, "burner-fuzz: the disc does not open after a loss of power: %s\n", done.problem().text.c_str());
      std::abort();
    }
    check_write_once({});
  }

  void tray(unsigned what) {
    if (what & 1) device_->open_tray();
    if (what & 2) device_->close_tray();
    if (what & 4) device_->unlock();
  }

  void block_access(Input& input) {
    std::vector<std::byte> data(2048u * (1 + input.byte() % 8));
    const Lba where{static_cast<std::int64_t>(input.word()) - 16};
    if (input.byte() & 1) device_->write_blocks(where, data);
    else device_->read_blocks(where, data);
    device_->flush();
    check_write_once({});
  }

  void advance(unsigned ms) { clock_.advance_us(static_cast<std::int64_t>(ms) * 1000); }
  void inspect() { (void)device_->info(); }

 private:
  void write_some(int lba, int blocks) {
    for (int i = 0; i < blocks; i += 16) {
      const int at = lba + i;
      command(cdb_of({0x2a, 0, 0, at >> 16 & 255, at >> 8 & 255, at & 255, 0, 0, 16, 0}), 16 * 2048, 0, 77);
    }
    command(cdb_of({0x35, 0, 0, 0, 0, 0, 0, 0, 0, 0}), 0, 0, 0);
  }
  void close(int function) { command(cdb_of({0x5b, 0, function, 0, 0, 1, 0, 0, 0, 0}), 0, 0, 0); }

  void send(const std::vector<std::byte>& cdb, const std::vector<std::byte>& out, std::vector<std::byte>& in) {
    const Reply reply = device_->execute({.cdb = cdb, .data_out = out, .data_in = in});
    if (reply.transferred > std::max(in.size(), out.size())) broken("more data than the buffer holds", cdb);
    if (reply.status != Status::good && reply.status != Status::check_condition) broken("unknown status", cdb);
    if (reply.status == Status::check_condition && (std::to_integer<int>(reply.sense[0]) & 0x7f) != 0x70 &&
        (std::to_integer<int>(reply.sense[0]) & 0x7f) != 0x71)
      broken("sense is not in fixed format", cdb);
    if (reply.delay_us < 0) broken("negative delay", cdb);
    check_write_once(cdb);
  }

  /// Blocks of write-once media that were durable stay as they are.
  void check_write_once(const std::vector<std::byte>& cdb) {
    if (row_.rewritable || !row_.writable || cells_->durable_saves == seen_saves_) return;
    seen_saves_ = cells_->durable_saves;
    for (const auto& [lba, content] : durable_) {
      const auto now = cells_->durable.blocks.find(lba);
      if (now == cells_->durable.blocks.end() || now->second != content) {
        if (pseudo_overwrite()) return;  // spare blocks stand in for overwritten ones
        broken("a durable block of a write-once medium changed", cdb);
      }
    }
    durable_ = cells_->durable.blocks;
  }
  bool pseudo_overwrite() const { return row_.medium == Medium::bd_r || row_.medium == Medium::bd_r_dl; }

  const MediumRow& row_;
  ManualClock clock_;
  std::shared_ptr<Cells> cells_ = std::make_shared<Cells>();
  std::unique_ptr<Device> device_;
  std::map<std::int64_t, Cells::Block> durable_;
  int seen_saves_ = 0;
};

/// One step: a command made of input bytes, with an opcode that exists in most cases, or something that is no command.
void step(Session& session, Input& input) {
  const std::uint8_t kind = input.byte();
  if (kind < 6) return session.power_cycle();
  if (kind < 12) return session.tray(input.byte());
  if (kind < 20) return session.block_access(input);
  if (kind < 26) return session.advance(input.word());
  if (kind < 30) return session.inspect();
  static constexpr std::size_t kLengths[] = {10, 12, 10, 12, 6, 16, 10, 0};
  std::vector<std::byte> cdb(kind & 64 ? kLengths[kind & 7] : 10 + 2 * (kind & 1));
  for (std::byte& b : cdb) b = static_cast<std::byte>(input.byte());
  const auto rows = opcode_table();
  if (!cdb.empty() && kind < 240) cdb[0] = static_cast<std::byte>(rows[std::to_integer<std::size_t>(cdb[0]) % rows.size()].opcode);
  // Addresses near the start and near the end of what is written are more interesting than random ones.
  if (cdb.size() >= 10 && kind & 1) {
    cdb[2] = cdb[3] = std::byte{0};
    if (kind & 2) cdb[6] = cdb[7] = std::byte{0};
  }
  const unsigned sizes = input.byte();
  const std::size_t out_size = sizes & 1 ? (sizes & 2 ? 2048u * (sizes >> 4) : sizes >> 2) : 0;
  const std::size_t in_size = sizes & 1 ? 0 : (sizes & 2 ? 2048u * (sizes >> 4) : sizes);
  if (sizes & 1 && sizes & 2) session.command(cdb, out_size, in_size, input.byte());
  else session.command(cdb, input, out_size, in_size);
}

void run(const std::uint8_t* data, std::size_t size) {
  Input input(data, size);
  const auto media = media_table();
  Session session(media[input.byte() % media.size()].medium);
  session.prepare(input.byte());
  while (!input.empty()) step(session, input);
  session.power_cycle();
}

}  // namespace

#ifdef FUZZ_LIBFUZZER
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  run(data, size);
  return 0;
}
#else
int main(int argc, char** argv) {
  if (argc == 2) {
    std::ifstream file(argv[1], std::ios::binary);
    if (!file) {
      std::fprintf(stderr, "burner-fuzz: can't read %s\n", argv[1]);
      return 2;
    }
    const std::vector<char> bytes{std::istreambuf_iterator<char>(file), {}};
    run(reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size());
    return 0;
  }
  const std::uint64_t seed = argc > 1 ? std::strtoull(argv[1], nullptr, 0) : 1;
  const long count = argc > 2 ? std::strtol(argv[2], nullptr, 0) : 2000;
  for (long i = 0; i < count; i++) {
    SeededRandom random(seed * 1000003 + static_cast<std::uint64_t>(i));
    std::vector<std::uint8_t> bytes(64 + random.next() % 1200);
    for (auto& b : bytes) b = static_cast<std::uint8_t>(random.next() >> 24);
    bytes[0] = static_cast<std::uint8_t>(i);  // every medium gets its turn
    run(bytes.data(), bytes.size());
  }
  std::printf("burner-fuzz: %ld inputs from seed %llu\n", count, static_cast<unsigned long long>(seed));
  return 0;
}
#endif
