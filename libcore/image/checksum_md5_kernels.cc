// SPDX-License-Identifier: GPL-3.0-or-later
//
// The kernels of the multi-stream MD5: plain C++, AVX2 (8 lanes) and AVX-512 (16 lanes), all made from one text of the
// 64 steps of RFC 1321 3.4. A SIMD kernel loads one 64 byte block of each lane and transposes, so that word k of all
// lanes stands in one register. Which kernels may run is asked from the processor at run time.
#include <array>
#include <bit>
#include <cstring>
#include <vector>

#if defined(__x86_64__)
#include <immintrin.h>
// g++ 12 takes the deliberately undefined operand of its own AVX-512 headers for a mistake (GCC bug 105593).
#pragma GCC diagnostic ignored "-Wuninitialized"
#pragma GCC diagnostic ignored "-Wmaybe-uninitialized"
#endif

#include "libcore/image/checksum_md5.h"
#include "libcore/image/checksum_md5_kernels.h"

namespace core::image {
namespace {

using md5_detail::kSines;
using md5_detail::kTurns;
using md5_detail::message_word;

// A step: MIXn(sum, b, c, d) adds the mixing function of round n to sum. ADD, ROL, CONSTANT and MIXn are the kernel's.
// These are macros because templates don't inherit the target options of the place where they are written.
#define MD5_STEP(mix, a, b, c, d, i) \
  a = ADD(b, ROL(mix(ADD(a, ADD(m[message_word(i)], CONSTANT(kSines[i]))), b, c, d), kTurns[(i) / 16][(i) % 4]));
#define MD5_4_STEPS(mix, i)      \
  MD5_STEP(mix, a, b, c, d, i)   \
  MD5_STEP(mix, d, a, b, c, i + 1) \
  MD5_STEP(mix, c, d, a, b, i + 2) \
  MD5_STEP(mix, b, c, d, a, i + 3)
#define MD5_ROUND(mix, i) MD5_4_STEPS(mix, i) MD5_4_STEPS(mix, i + 4) MD5_4_STEPS(mix, i + 8) MD5_4_STEPS(mix, i + 12)
#define MD5_ALL_STEPS MD5_ROUND(MIX1, 0) MD5_ROUND(MIX2, 16) MD5_ROUND(MIX3, 32) MD5_ROUND(MIX4, 48)

#define ADD(x, y) ((x) + (y))
#define ROL(x, n) std::rotl(x, n)
#define CONSTANT(k) (k)
#define MIX1(sum, b, c, d) ((sum) + (d ^ (b & (c ^ d))))
#define MIX2(sum, b, c, d) ((sum) + (c & ~d) + (b & d))
#define MIX3(sum, b, c, d) ((sum) + (b ^ (c ^ d)))
#define MIX4(sum, b, c, d) ((sum) + (c ^ (b | ~d)))

void advance_plain(Md5LaneStates& states, const std::byte* const* data, std::size_t blocks) {
  std::uint32_t a = states.words[0][0], b = states.words[1][0], c = states.words[2][0], d = states.words[3][0];
  for (const std::byte* at = data[0]; blocks > 0; --blocks, at += 64) {
    std::uint32_t m[16];
    std::memcpy(m, at, 64);
    if constexpr (std::endian::native == std::endian::big)
      for (auto& word : m) word = __builtin_bswap32(word);
    std::uint32_t a0 = a, b0 = b, c0 = c, d0 = d;
    MD5_ALL_STEPS
    a += a0, b += b0, c += c0, d += d0;
  }
  states.words[0][0] = a, states.words[1][0] = b, states.words[2][0] = c, states.words[3][0] = d;
}

#if defined(__x86_64__)

// --- AVX2 ------------------------------------------------------------------------------------------------------------
#pragma GCC push_options
#pragma GCC target("avx2")
#undef ADD
#undef ROL
#undef CONSTANT
#undef MIX1
#undef MIX2
#undef MIX3
#undef MIX4
#define ADD(x, y) _mm256_add_epi32(x, y)
#define ROL(x, n) rotate8(x, n)
#define CONSTANT(k) _mm256_set1_epi32(static_cast<int>(k))
#define MIX1(sum, b, c, d) ADD(sum, _mm256_xor_si256(d, _mm256_and_si256(b, _mm256_xor_si256(c, d))))
#define MIX2(sum, b, c, d) ADD(ADD(sum, _mm256_andnot_si256(d, c)), _mm256_and_si256(b, d))
#define MIX3(sum, b, c, d) ADD(sum, _mm256_xor_si256(b, _mm256_xor_si256(c, d)))
#define MIX4(sum, b, c, d) \
  ADD(sum, _mm256_xor_si256(c, _mm256_or_si256(b, _mm256_xor_si256(d, _mm256_set1_epi32(-1)))))

inline __attribute__((always_inline)) __m256i rotate8(__m256i x, int n) {
  return _mm256_or_si256(_mm256_slli_epi32(x, n), _mm256_srli_epi32(x, 32 - n));
}

/// Loads 8 words of 8 lanes from `offset` on; out[k] has word k of all lanes.
inline __attribute__((always_inline)) void load_transposed8(const std::byte* const* data, std::size_t offset, __m256i* out) {
  __m256i r[8], s[8];
#pragma GCC unroll 8
  for (int l = 0; l < 8; ++l) r[l] = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(data[l] + offset));
#pragma GCC unroll 4
  for (int l = 0; l < 8; l += 2) {
    s[l] = _mm256_unpacklo_epi32(r[l], r[l + 1]);
    s[l + 1] = _mm256_unpackhi_epi32(r[l], r[l + 1]);
  }
#pragma GCC unroll 2
  for (int l = 0; l < 8; l += 4) {
    r[l] = _mm256_unpacklo_epi64(s[l], s[l + 2]);
    r[l + 1] = _mm256_unpackhi_epi64(s[l], s[l + 2]);
    r[l + 2] = _mm256_unpacklo_epi64(s[l + 1], s[l + 3]);
    r[l + 3] = _mm256_unpackhi_epi64(s[l + 1], s[l + 3]);
  }
#pragma GCC unroll 4
  for (int k = 0; k < 4; ++k) {
    out[k] = _mm256_permute2x128_si256(r[k], r[k + 4], 0x20);
    out[k + 4] = _mm256_permute2x128_si256(r[k], r[k + 4], 0x31);
  }
}

void advance_avx2(Md5LaneStates& states, const std::byte* const* data, std::size_t blocks) {
#define LOAD(w) _mm256_load_si256(reinterpret_cast<const __m256i*>(states.words[w]))
  __m256i a = LOAD(0), b = LOAD(1), c = LOAD(2), d = LOAD(3);
  for (std::size_t offset = 0; blocks > 0; --blocks, offset += 64) {
    __m256i m[16];
    load_transposed8(data, offset, m);
    load_transposed8(data, offset + 32, m + 8);
    __m256i a0 = a, b0 = b, c0 = c, d0 = d;
    MD5_ALL_STEPS
    a = ADD(a, a0), b = ADD(b, b0), c = ADD(c, c0), d = ADD(d, d0);
  }
  __m256i out[4] = {a, b, c, d};
  for (int w = 0; w < 4; ++w) _mm256_store_si256(reinterpret_cast<__m256i*>(states.words[w]), out[w]);
}
#pragma GCC pop_options

// --- AVX-512 ---------------------------------------------------------------------------------------------------------
#pragma GCC push_options
#pragma GCC target("avx512f")
#undef ADD
#undef ROL
#undef CONSTANT
#undef MIX1
#undef MIX2
#undef MIX3
#undef MIX4
#define ADD(x, y) _mm512_add_epi32(x, y)
#define ROL(x, n) rotate16(x, n)
#define CONSTANT(k) _mm512_set1_epi32(static_cast<int>(k))
// The constants are truth tables of the functions F, G, H, I over the bits of b, c, d.
#define MIX1(sum, b, c, d) ADD(sum, _mm512_ternarylogic_epi32(b, c, d, 0xca))
#define MIX2(sum, b, c, d) ADD(sum, _mm512_ternarylogic_epi32(b, c, d, 0xe4))
#define MIX3(sum, b, c, d) ADD(sum, _mm512_ternarylogic_epi32(b, c, d, 0x96))
#define MIX4(sum, b, c, d) ADD(sum, _mm512_ternarylogic_epi32(b, c, d, 0x39))

/// Vector operators instead of the intrinsic, which demands a literal; the compiler makes one rotate instruction of it.
inline __attribute__((always_inline)) __m512i rotate16(__m512i x, int n) {
  using Words16 [[gnu::vector_size(64)]] = std::uint32_t;
  auto w = reinterpret_cast<Words16>(x);
  return reinterpret_cast<__m512i>((w << n) | (w >> (32 - n)));
}

/// Loads a 64 byte block of each of 16 lanes; out[k] has word k of all lanes.
inline __attribute__((always_inline)) void load_transposed16(const std::byte* const* data, std::size_t offset, __m512i* out) {
  __m512i r[16], s[16];
#pragma GCC unroll 16
  for (int l = 0; l < 16; ++l) r[l] = _mm512_loadu_si512(data[l] + offset);
#pragma GCC unroll 8
  for (int l = 0; l < 16; l += 2) {
    s[l] = _mm512_unpacklo_epi32(r[l], r[l + 1]);
    s[l + 1] = _mm512_unpackhi_epi32(r[l], r[l + 1]);
  }
#pragma GCC unroll 4
  for (int l = 0; l < 16; l += 4) {
    r[l] = _mm512_unpacklo_epi64(s[l], s[l + 2]);
    r[l + 1] = _mm512_unpackhi_epi64(s[l], s[l + 2]);
    r[l + 2] = _mm512_unpacklo_epi64(s[l + 1], s[l + 3]);
    r[l + 3] = _mm512_unpackhi_epi64(s[l + 1], s[l + 3]);
  }
  // r[4*g+k]: words k, k+4, k+8, k+12 of the lanes of group g.
#pragma GCC unroll 4
  for (int k = 0; k < 4; ++k) {
    __m512i low01 = _mm512_shuffle_i32x4(r[k], r[4 + k], 0x88), high01 = _mm512_shuffle_i32x4(r[k], r[4 + k], 0xdd);
    __m512i low23 = _mm512_shuffle_i32x4(r[8 + k], r[12 + k], 0x88), high23 = _mm512_shuffle_i32x4(r[8 + k], r[12 + k], 0xdd);
    out[k] = _mm512_shuffle_i32x4(low01, low23, 0x88);
    out[k + 8] = _mm512_shuffle_i32x4(low01, low23, 0xdd);
    out[k + 4] = _mm512_shuffle_i32x4(high01, high23, 0x88);
    out[k + 12] = _mm512_shuffle_i32x4(high01, high23, 0xdd);
  }
}

void advance_avx512(Md5LaneStates& states, const std::byte* const* data, std::size_t blocks) {
  __m512i a = _mm512_load_si512(states.words[0]), b = _mm512_load_si512(states.words[1]);
  __m512i c = _mm512_load_si512(states.words[2]), d = _mm512_load_si512(states.words[3]);
  for (std::size_t offset = 0; blocks > 0; --blocks, offset += 64) {
    __m512i m[16];
    load_transposed16(data, offset, m);
    __m512i a0 = a, b0 = b, c0 = c, d0 = d;
    MD5_ALL_STEPS
    a = ADD(a, a0), b = ADD(b, b0), c = ADD(c, c0), d = ADD(d, d0);
  }
  _mm512_store_si512(states.words[0], a);
  _mm512_store_si512(states.words[1], b);
  _mm512_store_si512(states.words[2], c);
  _mm512_store_si512(states.words[3], d);
}
#pragma GCC pop_options

#endif  // __x86_64__

std::vector<Md5Kernel> runnable_kernels() {
  std::vector<Md5Kernel> kernels;
#if defined(__x86_64__)
  __builtin_cpu_init();
  if (__builtin_cpu_supports("avx512f")) kernels.push_back({"avx512", 16, advance_avx512});
  if (__builtin_cpu_supports("avx2")) kernels.push_back({"avx2", 8, advance_avx2});
#endif
  kernels.push_back({"plain", 1, advance_plain});
  return kernels;
}

}  // namespace

std::span<const Md5Kernel> md5_kernels() {
  static const std::vector<Md5Kernel> kernels = runnable_kernels();
  return kernels;
}

}  // namespace core::image
