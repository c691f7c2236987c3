// SPDX-License-Identifier: GPL-3.0-or-later
#include "libcore/image/checksum_md5.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <memory>
#include <random>
#include <vector>

using namespace core::image;

namespace {

struct MemoryInput : Md5Input {
  std::span<const std::byte> bytes;
  std::size_t piece = 64, at = 0;
  Md5 digest{};
  int finished = 0;
  std::span<const std::byte> next() override {
    const std::size_t n = std::min(piece, bytes.size() - at);
    at += n;
    return bytes.subspan(at - n, n);
  }
  void finish(const Md5& d) override {
    digest = d;
    ++finished;
  }
};

struct MemoryQueue : Md5InputQueue {
  std::vector<std::unique_ptr<MemoryInput>> inputs;
  std::size_t at = 0;
  Md5Input* next_input() override { return at < inputs.size() ? inputs[at++].get() : nullptr; }
};

std::vector<std::byte> random_bytes(std::size_t size) {
  std::mt19937 random(7);
  std::vector<std::byte> bytes(size);
  for (auto& b : bytes) b = static_cast<std::byte>(random());
  return bytes;
}

int wrong_digests(const Md5Kernel& kernel, MemoryQueue& queue) {
  md5_digest_all(kernel, queue);
  return static_cast<int>(std::count_if(queue.inputs.begin(), queue.inputs.end(), [](const auto& input) {
    return input->finished != 1 || input->digest != md5_of(input->bytes);
  }));
}

}  // namespace

TEST_CASE("the test vectors of RFC 1321 give their digests on every kernel") {
  const std::pair<const char*, const char*> vectors[] = {
      {"", "d41d8cd98f00b204e9800998ecf8427e"},
      {"a", "0cc175b9c0f1b6a831c399e269772661"},
      {"message digest", "f96b697d7cb7938d525a2f31aaf161d0"},
      {"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789", "d174ab98d277d9f5a5611c2c9f419d9f"},
      {"12345678901234567890123456789012345678901234567890123456789012345678901234567890", "57edf4a22be3c955ac49da2e2107b67a"}};
  for (const Md5Kernel& kernel : md5_kernels()) {
    CAPTURE(kernel.name);
    MemoryQueue queue;
    for (const auto& [text, hex] : vectors) {
      queue.inputs.push_back(std::make_unique<MemoryInput>());
      queue.inputs.back()->bytes = std::as_bytes(std::span(text, std::char_traits<char>::length(text)));
    }
    md5_digest_all(kernel, queue);
    for (std::size_t i = 0; i < queue.inputs.size(); ++i) CHECK(md5_text(queue.inputs[i]->digest) == vectors[i].second);
  }
}

TEST_CASE("every size from 0 to 300 bytes digests like OpenSSL does") {
  const auto bytes = random_bytes(300);
  for (const Md5Kernel& kernel : md5_kernels()) {
    CAPTURE(kernel.name);
    MemoryQueue queue;
    for (std::size_t size = 0; size <= 300; ++size) {
      queue.inputs.push_back(std::make_unique<MemoryInput>());
      queue.inputs.back()->bytes = std::span(bytes).first(size);
    }
    CHECK(wrong_digests(kernel, queue) == 0);
  }
}

TEST_CASE("streams of random sizes in random pieces digest like OpenSSL does") {
  const auto bytes = random_bytes(200000);
  std::mt19937 random(11);
  for (const Md5Kernel& kernel : md5_kernels()) {
    CAPTURE(kernel.name);
    MemoryQueue queue;
    for (int i = 0; i < 2000; ++i) {
      queue.inputs.push_back(std::make_unique<MemoryInput>());
      const std::size_t start = random() % 100000;
      queue.inputs.back()->bytes = std::span(bytes).subspan(start, random() % (i % 20 == 0 ? 90000 : 400));
      queue.inputs.back()->piece = 64 * (1 + random() % 50);
    }
    CHECK(wrong_digests(kernel, queue) == 0);
  }
}

TEST_CASE("no stream and a single stream are digested too") {
  const auto bytes = random_bytes(5000);
  for (const Md5Kernel& kernel : md5_kernels()) {
    MemoryQueue empty, single;
    md5_digest_all(kernel, empty);
    single.inputs.push_back(std::make_unique<MemoryInput>());
    single.inputs.back()->bytes = bytes;
    CHECK(wrong_digests(kernel, single) == 0);
  }
}

TEST_CASE("a chain can be looked at in the middle and goes on") {
  const auto bytes = random_bytes(1000);
  Md5Chain chain;
  chain.update(std::span(bytes).first(333));
  CHECK(chain.peek() == md5_of(std::span(bytes).first(333)));
  chain.update(std::span(bytes).subspan(333));
  CHECK(chain.peek() == md5_of(bytes));
  chain.restart();
  CHECK(md5_text(chain.peek()) == "d41d8cd98f00b204e9800998ecf8427e");
}
