// SPDX-License-Identifier: GPL-3.0-or-later
//
// RFC 1321, section 3. One template runs one chain or two: the compiler keeps both chains' sixteen words in one pass
// over the message.
#include "libcore/base/md5.h"

#include <algorithm>
#include <bit>
#include <cstring>

namespace core {
namespace {

static_assert(std::endian::native == std::endian::little || std::endian::native == std::endian::big);

inline std::uint32_t load32(const std::byte* p) {
  std::uint32_t v;
  std::memcpy(&v, p, 4);
  if constexpr (std::endian::native == std::endian::big) v = __builtin_bswap32(v);
  return v;
}

inline void store32(std::byte* p, std::uint32_t v) {
  if constexpr (std::endian::native == std::endian::big) v = __builtin_bswap32(v);
  std::memcpy(p, &v, 4);
}

// The four round functions. F and G are written so that the word which was computed last enters late: that shortens the
// chain of dependent operations.
struct F { static std::uint32_t of(std::uint32_t b, std::uint32_t c, std::uint32_t d) { return d ^ (b & (c ^ d)); } };
struct G { static std::uint32_t of(std::uint32_t b, std::uint32_t c, std::uint32_t d) { return (~d & c) + (d & b); } };
struct H { static std::uint32_t of(std::uint32_t b, std::uint32_t c, std::uint32_t d) { return (c ^ d) ^ b; } };
struct I { static std::uint32_t of(std::uint32_t b, std::uint32_t c, std::uint32_t d) { return c ^ (b | ~d); } };

constexpr std::uint32_t kSine[64] = {
    0xd76aa478, 0xe8c7b756, 0x242070db, 0xc1bdceee, 0xf57c0faf, 0x4787c62a, 0xa8304613, 0xfd469501, 0x698098d8, 0x8b44f7af, 0xffff5bb1,
    0x895cd7be, 0x6b901122, 0xfd987193, 0xa679438e, 0x49b40821, 0xf61e2562, 0xc040b340, 0x265e5a51, 0xe9b6c7aa, 0xd62f105d, 0x02441453,
    0xd8a1e681, 0xe7d3fbc8, 0x21e1cde6, 0xc33707d6, 0xf4d50d87, 0x455a14ed, 0xa9e3e905, 0xfcefa3f8, 0x676f02d9, 0x8d2a4c8a, 0xfffa3942,
    0x8771f681, 0x6d9d6122, 0xfde5380c, 0xa4beea44, 0x4bdecfa9, 0xf6bb4b60, 0xbebfbc70, 0x289b7ec6, 0xeaa127fa, 0xd4ef3085, 0x04881d05,
    0xd9d4d039, 0xe6db99e5, 0x1fa27cf8, 0xc4ac5665, 0xf4292244, 0x432aff97, 0xab9423a7, 0xfc93a039, 0x655b59c3, 0x8f0ccc92, 0xffeff47d,
    0x85845dd1, 0x6fa87e4f, 0xfe2ce6e0, 0xa3014314, 0x4e0811a1, 0xf7537e82, 0xbd3af235, 0x2ad7d2bb, 0xeb86d391};
constexpr int kShift[4][4] = {{7, 12, 17, 22}, {5, 9, 14, 20}, {4, 11, 16, 23}, {6, 10, 15, 21}};
constexpr int kFirst[4] = {0, 1, 5, 0}, kStride[4] = {1, 5, 3, 7};

struct Chain {
  std::uint32_t a, b, c, d;

  template <typename Function, int Step>
  [[gnu::always_inline]] void step(std::uint32_t word) {
    const std::uint32_t sum = a + word + Function::of(b, c, d);
    a = d, d = c, c = b;  // only names change places, nothing is moved
    b += std::rotl(sum, kShift[Step / 16][Step % 4]);
  }
  void add(const Chain& o) { a += o.a, b += o.b, c += o.c, d += o.d; }
};

template <int Lanes>
struct Chains {
  Chain first, second;  // second is void of meaning with one lane
  static Chain load(const std::uint32_t* state) { return {state[0], state[1], state[2], state[3]}; }
  static void store(const Chain& c, std::uint32_t* state) { state[0] = c.a, state[1] = c.b, state[2] = c.c, state[3] = c.d; }
};

template <typename Function, int Step, int Lanes>
[[gnu::always_inline]] inline void step(Chains<Lanes>& s, const std::byte* block) {
  constexpr int round = Step / 16;
  const std::uint32_t word = load32(block + 4 * ((kFirst[round] + kStride[round] * Step) % 16)) + kSine[Step];
  s.first.template step<Function, Step>(word);
  if constexpr (Lanes == 2) s.second.template step<Function, Step>(word);
}

template <typename Function, int First, int Lanes>
[[gnu::always_inline]] inline void sixteen_steps(Chains<Lanes>& s, const std::byte* block) {
  step<Function, First + 0>(s, block), step<Function, First + 1>(s, block), step<Function, First + 2>(s, block);
  step<Function, First + 3>(s, block), step<Function, First + 4>(s, block), step<Function, First + 5>(s, block);
  step<Function, First + 6>(s, block), step<Function, First + 7>(s, block), step<Function, First + 8>(s, block);
  step<Function, First + 9>(s, block), step<Function, First + 10>(s, block), step<Function, First + 11>(s, block);
  step<Function, First + 12>(s, block), step<Function, First + 13>(s, block), step<Function, First + 14>(s, block);
  step<Function, First + 15>(s, block);
}

template <int Lanes>
void compress(std::uint32_t* const (&states)[Lanes], const std::byte* data, std::size_t blocks) {
  Chains<Lanes> s;
  s.first = s.load(states[0]);
  if constexpr (Lanes == 2) s.second = s.load(states[1]);
  for (; blocks > 0; --blocks, data += 64) {
    const Chains<Lanes> before = s;
    sixteen_steps<F, 0>(s, data);
    sixteen_steps<G, 16>(s, data);
    sixteen_steps<H, 32>(s, data);
    sixteen_steps<I, 48>(s, data);
    s.first.add(before.first);
    if constexpr (Lanes == 2) s.second.add(before.second);
  }
  s.store(s.first, states[0]);
  if constexpr (Lanes == 2) s.store(s.second, states[1]);
}

}  // namespace

void Md5Digester::update(std::span<const std::byte> data) {
  const std::size_t filled = length_ % 64;
  length_ += data.size();
  if (filled > 0) {
    const std::size_t taken = std::min(64 - filled, data.size());
    std::copy_n(data.data(), taken, rest_ + filled);
    data = data.subspan(taken);
    if (filled + taken < 64) return;
    compress<1>({state_}, rest_, 1);
  }
  compress<1>({state_}, data.data(), data.size() / 64);
  const auto rest = data.last(data.size() % 64);
  std::copy(rest.begin(), rest.end(), rest_);
}

void Md5Digester::update_both(Md5Digester& a, Md5Digester& b, std::span<const std::byte> data) {
  const std::size_t common = a.length_ % 64 == 0 && b.length_ % 64 == 0 ? data.size() / 64 * 64 : 0;
  if (common > 0) {
    compress<2>({a.state_, b.state_}, data.data(), common / 64);
    a.length_ += common;
    b.length_ += common;
    data = data.subspan(common);
  }
  a.update(data);
  b.update(data);
}

void Md5Digester::finish(std::span<std::byte, 16> digest) {
  static constexpr std::byte kPadding[64] = {std::byte{0x80}};
  const std::uint64_t bits = length_ * 8;
  update(std::span(kPadding).first(1 + (119 - length_ % 64) % 64));
  std::byte tail[8];
  store32(tail, static_cast<std::uint32_t>(bits));
  store32(tail + 4, static_cast<std::uint32_t>(bits >> 32));
  update(tail);
  for (int i = 0; i < 4; ++i) store32(digest.data() + 4 * i, state_[i]);
}

}  // namespace core
