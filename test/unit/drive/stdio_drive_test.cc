// SPDX-License-Identifier: GPL-3.0-or-later
#include <doctest/doctest.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cstring>
#include <filesystem>
#include <fstream>
#include <vector>

#include "libcore/base/libraries.h"
#include "libcore/drive/acquire.h"

using namespace core;
using namespace core::drive;

namespace {

struct Libraries {
  Libraries() { REQUIRE(start_libraries().ok()); }
};

struct Folder {
  std::filesystem::path path;
  Folder() {
    static Libraries once;
    char name[] = "/tmp/drive-test-XXXXXX";
    path = ::mkdtemp(name);
  }
  ~Folder() { std::filesystem::remove_all(path); }
  std::string file(const char* leaf) const { return path / leaf; }
};

std::vector<std::byte> pattern(std::size_t size) {
  std::vector<std::byte> v(size);
  std::uint32_t x = 1;
  for (auto& b : v) {
    x = x * 1664525 + 1013904223;
    b = static_cast<std::byte>(x >> 24);
  }
  return v;
}

std::string content(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

bool same(const std::string& got, std::size_t offset, const std::vector<std::byte>& want) {
  return got.size() >= offset + want.size() && std::memcmp(got.data() + offset, want.data(), want.size()) == 0;
}

std::shared_ptr<Drive> must_acquire(const std::string& address) {
  auto d = acquire(address, {});
  REQUIRE(d.ok());
  return *d;
}

}  // namespace

TEST_CASE("a path that does not exist is a blank overwritable medium") {
  Folder f;
  auto d = must_acquire("stdio:" + f.file("new.iso"));
  CHECK(d->kind() == Kind::random_access);
  CHECK(d->profile().number == 0xffff);
  CHECK(d->status() == MediumStatus::blank);
  CHECK(d->overwritable());
  CHECK(d->toc()->sessions.empty());
  CHECK(d->next_writable_address()->value == 32);
  CHECK(!std::filesystem::exists(f.file("new.iso")));
}

TEST_CASE("a missing directory is no drive") {
  Folder f;
  CHECK(!acquire("stdio:" + f.file("no/such/dir"), {}).ok());
}

TEST_CASE("bytes of a session arrive in order at its start address, buffered and direct") {
  Folder f;
  for (const std::size_t size : {std::size_t{1}, std::size_t{300000}, std::size_t{33} << 20, (std::size_t{40} << 20) + 777}) {
    const std::string path = f.file("out.iso");
    ::unlink(path.c_str());
    auto d = must_acquire("stdio:" + path);
    Progress progress;
    WriteSettings settings;
    settings.expected = Bytes{static_cast<std::int64_t>(size)};
    auto writer = d->start_session(settings, progress);
    REQUIRE(writer.ok());
    CHECK((*writer)->start().value == 32);
    const auto data = pattern(size);
    const std::span<const std::byte> all(data);
    for (std::size_t at = 0; at < size; at += 100001) REQUIRE((*writer)->write(all.subspan(at, std::min<std::size_t>(100001, size - at))).ok());
    REQUIRE((*writer)->finish().ok());
    CHECK((*writer)->written().value == static_cast<std::int64_t>((size + 2047) / 2048));
    const std::string got = content(path);
    CHECK(got.size() == 65536 + size);
    CHECK(same(got, 65536, data));
  }
}

TEST_CASE("overwriting in place leaves the rest of the file alone") {
  Folder f;
  const auto old = pattern(4 * 2048);
  std::ofstream(f.file("x"), std::ios::binary).write(reinterpret_cast<const char*>(old.data()), static_cast<std::streamsize>(old.size()));
  auto d = must_acquire("stdio:" + f.file("x"));
  REQUIRE(d->overwrite(Lba{1}, std::vector<std::byte>(2048)).ok());
  const std::string got = content(f.file("x"));
  CHECK(got.size() == old.size());
  CHECK(std::memcmp(got.data(), old.data(), 2048) == 0);
  CHECK(got.substr(2048, 2048) == std::string(2048, '\0'));
  CHECK(std::memcmp(got.data() + 4096, old.data() + 4096, 4096) == 0);
}

TEST_CASE("reading tells the first block that is not there") {
  Folder f;
  std::ofstream(f.file("x"), std::ios::binary) << std::string(3 * 2048, 'x');
  auto d = must_acquire("stdio:" + f.file("x"));
  CHECK(d->capacity().value == 3);
  std::vector<std::byte> buffer(2 * 2048);
  CHECK(d->read(Lba{1}, buffer).ok());
  auto past = d->read(Lba{2}, buffer);
  REQUIRE(!past.ok());
  CHECK(past.problem().text.find("block 3") != std::string::npos);
}

TEST_CASE("a full device is a problem that names path and block") {
  Folder f;
  auto d = must_acquire("stdio:/dev/full");
  CHECK(d->kind() == Kind::sequential);
  Progress progress;
  auto writer = d->start_session({}, progress);
  REQUIRE(writer.ok());
  auto r = (*writer)->write(std::vector<std::byte>(1 << 20));
  REQUIRE(!r.ok());
  CHECK(r.problem().os_errno == ENOSPC);
  CHECK(r.problem().text.find("/dev/full") != std::string::npos);
}

TEST_CASE("simulated writing touches nothing") {
  Folder f;
  auto d = must_acquire("stdio:" + f.file("dummy.iso"));
  Progress progress;
  WriteSettings settings;
  settings.dummy = true;
  auto writer = d->start_session(settings, progress);
  REQUIRE(writer.ok());
  REQUIRE((*writer)->write(std::vector<std::byte>(1 << 20)).ok());
  REQUIRE((*writer)->finish().ok());
  CHECK((*writer)->written().value == 512);
  CHECK(!std::filesystem::exists(f.file("dummy.iso")));
}
