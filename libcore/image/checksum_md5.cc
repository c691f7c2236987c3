// SPDX-License-Identifier: GPL-3.0-or-later
//
// The lane scheduler of the multi-stream MD5, its plain kernel, and the single chain by OpenSSL. A lane works on the
// current piece of its stream; when whole 64 byte blocks run out, the padding of RFC 1321 3.1 and 3.2 is made in a small
// buffer of the lane and digested as its last piece.
#include "libcore/image/checksum_md5.h"

#include <openssl/evp.h>

#include <algorithm>
#include <cassert>
#include <cstring>

#include "libcore/image/checksum_md5_kernels.h"

namespace core::image {

std::string md5_text(const Md5& digest) {
  static constexpr char kHex[] = "0123456789abcdef";
  std::string text;
  text.reserve(32);
  for (std::byte b : digest) {
    text += kHex[std::to_integer<int>(b) >> 4];
    text += kHex[std::to_integer<int>(b) & 15];
  }
  return text;
}

void Md5LaneStates::reset(int lane) {
  static constexpr std::uint32_t kStart[4] = {0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476};
  for (int w = 0; w < 4; ++w) words[w][lane] = kStart[w];
}

Md5 Md5LaneStates::digest(int lane) const {
  Md5 out;
  for (std::size_t w = 0; w < 4; ++w)
    for (std::size_t i = 0; i < 4; ++i) out[w * 4 + i] = static_cast<std::byte>(words[w][lane] >> (8 * i));
  return out;
}

namespace {

/// One lane's stream and what is left of its current piece.
struct Lane {
  Md5Input* input = nullptr;
  const std::byte* at = nullptr;
  std::size_t blocks = 0;     // whole blocks left at `at`
  std::size_t rest = 0;       // bytes behind them, only in a stream's last piece
  std::uint64_t total = 0;    // bytes of the stream seen so far
  bool ending = false;        // `at` points into the padding
  alignas(64) std::byte padding[128];

  void start(Md5Input* next) {
    input = next;
    total = 0;
    rest = 0;
    blocks = 0;
    ending = false;
  }

  /// Makes `blocks` positive, unless the stream is complete: then false.
  bool refill() {
    while (blocks == 0) {
      if (ending) return false;
      if (rest == 0) {
        auto piece = input->next();
        if (!piece.empty()) {
          total += piece.size();
          at = piece.data();
          blocks = piece.size() / 64;
          rest = piece.size() % 64;
          continue;
        }
      }
      end_stream();
    }
    return true;
  }

  void end_stream() {
    if (rest != 0) std::memcpy(padding, at, rest);
    std::size_t size = rest < 56 ? 64 : 128;
    std::memset(padding + rest, 0, size - rest);
    padding[rest] = std::byte{0x80};
    for (std::size_t i = 0; i < 8; ++i) padding[size - 8 + i] = static_cast<std::byte>((total * 8) >> (8 * i));
    at = padding;
    blocks = size / 64;
    rest = 0;
    ending = true;
  }
};

}  // namespace

void md5_digest_all(const Md5Kernel& kernel, Md5InputQueue& queue) {
  Md5LaneStates states;
  std::array<Lane, kMaxMd5Lanes> lanes;
  int active = 0;
  bool more = true;
  std::array<const std::byte*, kMaxMd5Lanes> data;
  for (;;) {
    while (more && active < kernel.lanes) {
      Md5Input* next = queue.next_input();
      if (next == nullptr) {
        more = false;
        break;
      }
      lanes[active].start(next);
      states.reset(active++);
    }
    if (active == 0) return;
    std::size_t step = SIZE_MAX;
    for (int l = 0; l < active; ++l) {
      if (!lanes[l].refill()) {
        lanes[l].input->finish(states.digest(l));
        Md5Input* next = more ? queue.next_input() : nullptr;
        if (next != nullptr) {
          lanes[l].start(next);
          states.reset(l);
        } else {
          more = false;
          --active;
          if (l != active) {
            Lane& from = lanes[active];
            std::ptrdiff_t in_padding = from.at - from.padding;
            lanes[l] = from;
            if (from.ending) lanes[l].at = lanes[l].padding + in_padding;
            for (auto& word : states.words) word[l] = word[active];
          }
        }
        --l;
        continue;
      }
      step = std::min(step, lanes[l].blocks);
    }
    if (active == 0) return;
    for (int l = 0; l < kernel.lanes; ++l) data[l] = lanes[l < active ? l : 0].at;
    const Md5Kernel& way = active == 1 ? md5_kernels().back() : kernel;
    way.advance(states, data.data(), step);
    for (int l = 0; l < active; ++l) {
      lanes[l].at += step * 64;
      lanes[l].blocks -= step;
    }
  }
}

// --- one chain -------------------------------------------------------------------------------------------------------

Md5Chain::Md5Chain() : context_(EVP_MD_CTX_new()) { restart(); }
Md5Chain::~Md5Chain() { EVP_MD_CTX_free(static_cast<EVP_MD_CTX*>(context_)); }
void Md5Chain::restart() { EVP_DigestInit_ex(static_cast<EVP_MD_CTX*>(context_), EVP_md5(), nullptr); }
void Md5Chain::update(std::span<const std::byte> bytes) {
  EVP_DigestUpdate(static_cast<EVP_MD_CTX*>(context_), bytes.data(), bytes.size());
}

Md5 Md5Chain::peek() const {
  Md5 out{};
  EVP_MD_CTX* copy = EVP_MD_CTX_new();
  EVP_MD_CTX_copy_ex(copy, static_cast<const EVP_MD_CTX*>(context_));
  EVP_DigestFinal_ex(copy, reinterpret_cast<unsigned char*>(out.data()), nullptr);
  EVP_MD_CTX_free(copy);
  return out;
}

Md5 md5_of(std::span<const std::byte> bytes) {
  Md5Chain chain;
  chain.update(bytes);
  return chain.peek();
}

}  // namespace core::image
