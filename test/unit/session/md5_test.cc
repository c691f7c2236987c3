// SPDX-License-Identifier: GPL-3.0-or-later
#include <doctest/doctest.h>
#include <openssl/evp.h>

#include <algorithm>
#include <random>
#include <string>
#include <thread>
#include <vector>

#include "libcore/base/clibs.h"
#include "libcore/session/digest_pipe.h"
#include "libcore/session/library_md5.h"
#include "libcore/base/md5.h"

using namespace core::session;
using core::Md5Digester;

namespace {

std::string hex(std::span<const std::byte> bytes) {
  std::string out;
  for (const std::byte b : bytes) {
    out += "0123456789abcdef"[static_cast<int>(b) >> 4];
    out += "0123456789abcdef"[static_cast<int>(b) & 15];
  }
  return out;
}

std::string result(Md5Digester& md5) {
  std::byte digest[16];
  md5.finish(digest);
  return hex(digest);
}

/// The judge: OpenSSL.
std::string expected(std::span<const std::byte> data) {
  unsigned char digest[EVP_MAX_MD_SIZE];
  unsigned length = 0;
  REQUIRE(EVP_Digest(data.data(), data.size(), digest, &length, EVP_md5(), nullptr) == 1);
  return hex(std::as_bytes(std::span(digest, length)));
}

std::vector<std::byte> noise(std::size_t size, unsigned seed) {
  std::mt19937 random(seed);
  std::vector<std::byte> data(size);
  for (auto& b : data) b = static_cast<std::byte>(random());
  return data;
}

}  // namespace

TEST_CASE("the digests of RFC 1321 appendix A.5 come out") {
  const std::pair<const char*, const char*> suite[] = {
      {"", "d41d8cd98f00b204e9800998ecf8427e"},
      {"abc", "900150983cd24fb0d6963f7d28e17f72"},
      {"abcdefghijklmnopqrstuvwxyz", "c3fcd3d76192e4007dfb496cca67e13b"},
      {"12345678901234567890123456789012345678901234567890123456789012345678901234567890", "57edf4a22be3c955ac49da2e2107b67a"}};
  for (const auto& [text, digest] : suite) {
    Md5Digester md5;
    md5.update(std::as_bytes(std::span(text, std::string_view(text).size())));
    CHECK(result(md5) == digest);
  }
}

TEST_CASE("all lengths around a block and any cut give the digest of OpenSSL") {
  const auto data = noise(300, 1);
  for (std::size_t length = 0; length <= 300; ++length) {
    Md5Digester md5;
    const std::size_t cut = length * 37 % (length + 1);
    md5.update(std::span(data).first(cut));
    md5.update(std::span(data).subspan(cut, length - cut));
    REQUIRE(result(md5) == expected(std::span(data).first(length)));
  }
}

TEST_CASE("two digests over the same bytes differ only by what they got before") {
  const auto data = noise(5000, 2);
  for (const std::size_t before : {0, 64, 100}) {
    Md5Digester a, b;
    a.update(std::span(data).first(before));
    Md5Digester::update_both(a, b, std::span(data).subspan(before));
    CHECK(result(a) == expected(data));
    CHECK(result(b) == expected(std::span(data).subspan(before)));
  }
}

TEST_CASE("a pipe computes session and file digests of short and long files") {
  std::mt19937 random(3);
  DigestPipe pipe;
  PipedMd5 session;
  std::vector<std::byte> all;
  for (int file = 0; file < 60; ++file) {
    // Sizes from nothing to several batches, whole blocks and not.
    const std::size_t size = file % 10 == 0 ? 300000 + random() % 700000 : random() % (file % 3 == 0 ? 100000 : 5000);
    const auto content = noise(size, static_cast<unsigned>(file));
    PipedMd5 digest;
    std::vector<std::byte> block(2048);  // reused, as the image maker does it
    for (std::size_t at = 0; at < size; at += 2048) {
      const std::size_t n = std::min<std::size_t>(2048, size - at);
      std::fill(block.begin(), block.end(), std::byte{0});
      std::copy_n(content.begin() + static_cast<std::ptrdiff_t>(at), n, block.begin());
      pipe.add(session, block);
      pipe.add(digest, std::span(block).first(n));
      all.insert(all.end(), block.begin(), block.end());
    }
    pipe.settle(digest);
    REQUIRE(result(digest.md5) == expected(content));
    pipe.add(session, std::span(content).first(std::min<std::size_t>(size, 10)));
    all.insert(all.end(), content.begin(), content.begin() + static_cast<std::ptrdiff_t>(std::min<std::size_t>(size, 10)));
  }
  pipe.settle(session);
  CHECK(result(session.md5) == expected(all));
}

TEST_CASE("a digest may be looked at in the middle and go on") {
  const auto data = noise(1000000, 4);
  DigestPipe pipe;
  PipedMd5 digest;
  for (std::size_t at = 0; at < data.size(); at += 1000) {
    pipe.add(digest, std::span(data).subspan(at, 1000));
    if (at != 500000) continue;
    pipe.settle(digest);
    Md5Digester copy = digest.md5;
    CHECK(result(copy) == expected(std::span(data).first(501000)));
  }
  pipe.settle(digest);
  CHECK(result(digest.md5) == expected(data));
}

TEST_CASE("the image library computes its checksums by our functions") {
  CHECK(library_md5_is_ours());
}

TEST_CASE("the C functions work from the thread that makes images and from others") {
  const auto data = noise(200000, 5);
  const auto run = [&] {
    void *context = nullptr, *clone = nullptr;
    REQUIRE(iso_md5_start(&context) == 1);
    auto bytes = data;
    auto* p = reinterpret_cast<char*>(bytes.data());
    REQUIRE(iso_md5_compute(context, p, 100000) == 1);
    REQUIRE(iso_md5_clone(context, &clone) == 1);
    REQUIRE(iso_md5_compute(context, p + 100000, 100000) == 1);
    char digest[16];
    REQUIRE(iso_md5_end(&context, digest) == 1);
    CHECK(context == nullptr);
    CHECK(hex(std::as_bytes(std::span(digest))) == expected(data));
    REQUIRE(iso_md5_end(&clone, digest) == 1);
    CHECK(hex(std::as_bytes(std::span(digest))) == expected(std::span(data).first(100000)));
  };
  run();
  DeferredDigests deferred;
  run();
  std::thread(run).join();
  std::thread(run).join();
}
