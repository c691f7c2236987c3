// SPDX-License-Identifier: GPL-3.0-or-later
#include "vburn/disc_file.h"

#include <doctest/doctest.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <vector>

namespace {

using core::Blocks;
using core::Bytes;
using core::Lba;
using core::burner::Durability;
using vburn::Access;
using vburn::DiscFile;
using vburn::Existing;

struct TempDir {
  std::filesystem::path path;
  TempDir() {
    std::string name = "/tmp/vburn-test-XXXXXX";
    path = mkdtemp(name.data());
  }
  ~TempDir() { std::filesystem::remove_all(path); }
  std::string file(const char* name) const { return (path / name).string(); }
};

std::vector<std::byte> blocks(int count, int value) {
  return std::vector<std::byte>(static_cast<std::size_t>(count) * 2048, static_cast<std::byte>(value));
}

std::int64_t disk_space(const std::string& path) {
  struct stat st;
  return stat(path.c_str(), &st) == 0 ? st.st_blocks * 512 : -1;
}

TEST_CASE("block n is at byte n*2048 and unwritten blocks read as zeros without taking space") {
  const TempDir dir;
  auto disc = DiscFile::create(dir.file("d"), Existing::refuse, "");
  REQUIRE(disc);
  REQUIRE((*disc)->write(Lba{100000}, blocks(2, 0x5a)));
  auto back = blocks(3, 1);
  REQUIRE((*disc)->read(Lba{99999}, back));
  CHECK(back[2047] == std::byte{0});
  CHECK(back[2048] == std::byte{0x5a});
  CHECK(back[3 * 2048 - 1] == std::byte{0x5a});
  std::ifstream file(dir.file("d"), std::ios::binary);
  file.seekg(100000LL * 2048);
  CHECK(file.get() == 0x5a);
  CHECK(std::filesystem::file_size(dir.file("d")) == 100002ull * 2048);
  CHECK(disk_space(dir.file("d")) < 100000);
}

TEST_CASE("discarded blocks read as zeros and give their space back") {
  const TempDir dir;
  auto disc = DiscFile::create(dir.file("d"), Existing::refuse, "");
  REQUIRE(disc);
  REQUIRE((*disc)->write(Lba{0}, blocks(2048, 7)));
  REQUIRE((*disc)->discard(Lba{16}, Blocks{1024}));
  auto back = blocks(2048, 1);
  REQUIRE((*disc)->read(Lba{0}, back));
  CHECK(back[15 * 2048] == std::byte{7});
  CHECK(back[16 * 2048] == std::byte{0});
  CHECK(back[1040 * 2048 - 1] == std::byte{0});
  CHECK(back[1040 * 2048] == std::byte{7});
  REQUIRE((*disc)->discard(Lba{0}, Blocks{1000000}));
  CHECK(std::filesystem::file_size(dir.file("d")) == 0);
}

TEST_CASE("the state is replaced as a whole") {
  const TempDir dir;
  auto disc = DiscFile::create(dir.file("d"), Existing::refuse, "");
  REQUIRE(disc);
  CHECK((*disc)->load_state().value().empty());
  REQUIRE((*disc)->save_state("first\n", Durability::durable));
  const core::UniqueFd reader(open(dir.file("d.vburn").c_str(), O_RDONLY));
  REQUIRE((*disc)->save_state("second, longer\n", Durability::checkpoint));
  char text[64] = {};
  CHECK(read(reader.get(), text, sizeof text) == 6);  // who had opened the old one goes on seeing the old one
  CHECK(std::string(text) == "first\n");
  CHECK((*disc)->load_state().value() == "second, longer\n");
  CHECK_FALSE(std::filesystem::exists(dir.file("d.vburn.new")));
}

TEST_CASE("a checkpoint counts until the state is saved durably or replaced by a copy") {
  const TempDir dir;
  const auto load = [&dir] { return DiscFile::open(dir.file("d"), Access::look).value()->load_state().value(); };
  auto disc = DiscFile::create(dir.file("d"), Existing::refuse, "");
  REQUIRE((*disc)->save_state("one\n", Durability::durable));
  REQUIRE((*disc)->save_state("two\n", Durability::checkpoint));
  REQUIRE((*disc)->save_state("three\n", Durability::checkpoint));
  CHECK(load() == "three\n");
  std::ifstream file(dir.file("d.vburn"));
  std::string durable;
  std::getline(file, durable);
  CHECK(durable == "one");
  std::filesystem::copy_file(dir.file("d.vburn.live"), dir.file("kept"));
  REQUIRE((*disc)->save_state("four\n", Durability::durable));
  CHECK(load() == "four\n");
  CHECK_FALSE(std::filesystem::exists(dir.file("d.vburn.live")));
  // One that went on from another state file, or of which a part is missing, is not taken.
  std::filesystem::copy_file(dir.file("kept"), dir.file("d.vburn.live"));
  CHECK(load() == "four\n");
  REQUIRE((*disc)->save_state("five\n", Durability::checkpoint));
  CHECK(load() == "five\n");
  std::filesystem::resize_file(dir.file("d.vburn.live"), std::filesystem::file_size(dir.file("d.vburn.live")) - 3);
  CHECK(load() == "four\n");
}

TEST_CASE("a second owner is refused and told who the first one is") {
  const TempDir dir;
  auto disc = DiscFile::create(dir.file("d"), Existing::refuse, "");
  REQUIRE(disc);
  REQUIRE((*disc)->save_state("x\n", Durability::durable));
  const auto second = DiscFile::open(dir.file("d"), Access::own);
  REQUIRE_FALSE(second);
  CHECK(second.problem().text.find("process " + std::to_string(getpid())) != std::string::npos);
  CHECK(DiscFile::open(dir.file("d"), Access::look));
  disc->reset();
  CHECK(DiscFile::open(dir.file("d"), Access::own));
}

TEST_CASE("what is no disc is refused by name") {
  const TempDir dir;
  CHECK(DiscFile::open(dir.file("none"), Access::own).problem().os_errno == ENOENT);
  std::ofstream(dir.file("image")) << "some image";
  const auto image = DiscFile::open(dir.file("image"), Access::own);
  REQUIRE_FALSE(image);
  CHECK(image.problem().text.find("image.vburn") != std::string::npos);
  CHECK_FALSE(DiscFile::open(dir.path.string(), Access::look));
}

TEST_CASE("an existing file is replaced only if that is wanted") {
  const TempDir dir;
  std::ofstream(dir.file("d")) << "precious";
  CHECK_FALSE(DiscFile::create(dir.file("d"), Existing::refuse, ""));
  CHECK(std::filesystem::file_size(dir.file("d")) == 8);
  CHECK(DiscFile::create(dir.file("d"), Existing::replace, ""));
  CHECK(std::filesystem::file_size(dir.file("d")) == 0);
}

TEST_CASE("an image is pressed sparsely and padded to a whole block") {
  const TempDir dir;
  {
    std::ofstream image(dir.file("image"), std::ios::binary);
    image << "head";
    image.seekp(50 << 20);
    image << "tail";
  }
  auto disc = DiscFile::create(dir.file("d"), Existing::refuse, dir.file("image"));
  REQUIRE(disc);
  CHECK((*disc)->size().value().value == (50 << 20) + 2048);
  CHECK(disk_space(dir.file("d")) < (1 << 20));
  auto back = blocks(1, 1);
  REQUIRE((*disc)->read(Lba{(50 << 20) / 2048}, back));
  CHECK(std::string(reinterpret_cast<const char*>(back.data()), 5) == std::string("tail\0", 5));
  std::ofstream(dir.file("empty"));
  CHECK_FALSE(DiscFile::create(dir.file("e"), Existing::refuse, dir.file("empty")));
}

TEST_CASE("the raw store appears with its first byte") {
  const TempDir dir;
  auto disc = DiscFile::create(dir.file("d"), Existing::refuse, "");
  REQUIRE(disc);
  std::vector<std::byte> sector(2352, std::byte{9});
  REQUIRE((*disc)->read_raw(Bytes{0}, sector));
  CHECK(sector[0] == std::byte{0});
  CHECK_FALSE(std::filesystem::exists(dir.file("d.raw")));
  sector.assign(2352, std::byte{3});
  REQUIRE((*disc)->write_raw(Bytes{10 * 2352}, sector));
  CHECK(std::filesystem::file_size(dir.file("d.raw")) == 11 * 2352);
  REQUIRE((*disc)->discard_raw());
  CHECK(std::filesystem::file_size(dir.file("d.raw")) == 0);
}

}  // namespace
