// SPDX-License-Identifier: GPL-3.0-or-later
#include "vburn/daemon/server.h"

#include <doctest/doctest.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>

#include <cstring>
#include <filesystem>
#include <thread>

#include "libcore/burner/disc.h"
#include "vburn/disc_file.h"

namespace {

using core::UniqueFd;
using vburn::Op;
using vburn::Reply;
using vburn::Request;

/// A daemon with one DVD-RAM in /dev/sr0, in a thread of this process.
class Burner {
 public:
  Burner() {
    std::string name = "/tmp/vburn-test-XXXXXX";
    dir_ = mkdtemp(name.data());
    auto file = vburn::DiscFile::create(dir_ + "/disc", vburn::Existing::refuse, "");
    core::burner::SeededRandom random(1);
    core::burner::NewDisc options{.medium = core::burner::Medium::dvd_ram};
    REQUIRE(core::burner::Disc::create(options, std::move(*file), random));
    mkdir((dir_ + "/d").c_str(), 0700);
    server_ = std::make_unique<vburn::Server>(
        vburn::ServerOptions{.dir = dir_ + "/d", .drives = {{.number = 0, .disc = dir_ + "/disc"}}});
    REQUIRE(server_->start());
    thread_ = std::thread([this] { server_->run(); });
  }
  ~Burner() {
    server_->stop();
    thread_.join();
    std::filesystem::remove_all(dir_);
  }

  UniqueFd connect() const {
    UniqueFd fd(socket(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0));
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    std::strcpy(address.sun_path, (dir_ + "/d/socket").c_str());
    REQUIRE(::connect(fd.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0);
    return fd;
  }

 private:
  std::string dir_;
  std::unique_ptr<vburn::Server> server_;
  std::thread thread_;
};

/// False if the daemon closed the connection instead of answering.
bool ask(int fd, const Request& request, Reply& reply) {
  if (send(fd, &request, sizeof request, MSG_NOSIGNAL) != sizeof request) return false;
  return recv(fd, &reply, sizeof reply, 0) == sizeof reply;
}

std::uint64_t inode(int fd) {
  struct stat st;
  fstat(fd, &st);
  return st.st_ino;
}

struct Opened {
  UniqueFd fd;
  int error = 0;
};

Opened open_drive(const Burner& burner, int flags, int drive = 0) {
  Opened opened{.fd = burner.connect()};
  Request request{.op = Op::open, .handle = inode(opened.fd.get()), .flags = flags, .drive = static_cast<std::uint8_t>(drive)};
  Reply reply;
  opened.error = ask(opened.fd.get(), request, reply) ? reply.error : -1;
  return opened;
}

Reply ask_handle(int channel, const Opened& handle, Request request) {
  request.handle = inode(handle.fd.get());
  Reply reply;
  REQUIRE(ask(channel, request, reply));
  return reply;
}

UniqueFd open_channel(const Burner& burner) {
  UniqueFd fd = burner.connect();
  Reply reply;
  REQUIRE(ask(fd.get(), Request{}, reply));
  REQUIRE(reply.error == 0);
  return fd;
}

TEST_CASE("a handle is open until its last descriptor is closed") {
  const Burner burner;
  Opened first = open_drive(burner, O_RDWR | O_NONBLOCK | O_EXCL);
  CHECK(first.error == 0);
  CHECK(open_drive(burner, O_RDWR | O_NONBLOCK | O_EXCL).error == EBUSY);
  UniqueFd copy(dup(first.fd.get()));
  first.fd.reset();
  CHECK(open_drive(burner, O_RDWR | O_NONBLOCK | O_EXCL).error == EBUSY);
  copy.reset();
  CHECK(open_drive(burner, O_RDWR | O_NONBLOCK | O_EXCL).error == 0);
  CHECK(open_drive(burner, O_RDONLY, 3).error == ENXIO);
}

TEST_CASE("positions belong to the handle, not to the channel") {
  const Burner burner;
  const UniqueFd a = open_channel(burner);
  const UniqueFd b = open_channel(burner);
  const Opened handle = open_drive(burner, O_RDWR | O_NONBLOCK);
  CHECK(ask_handle(a.get(), handle, {.op = Op::seek, .offset = 5000, .argument = SEEK_SET}).value == 5000);
  CHECK(ask_handle(b.get(), handle, {.op = Op::read, .offset = vburn::kCurrentPosition, .length = 100}).length == 100);
  CHECK(ask_handle(a.get(), handle, {.op = Op::seek, .offset = 0, .argument = SEEK_CUR}).value == 5100);
  CHECK(ask_handle(a.get(), handle, {.op = Op::seek, .offset = -1, .argument = SEEK_SET}).error == EINVAL);
  CHECK(ask_handle(a.get(), handle, {.op = Op::seek, .offset = 0, .argument = SEEK_END}).value == 2236704LL * 2048);
  CHECK(ask_handle(a.get(), handle, {.op = Op::read, .offset = vburn::kCurrentPosition, .length = 100}).length == 0);
}

TEST_CASE("a command with all its results") {
  const Burner burner;
  const UniqueFd channel = open_channel(burner);
  const Opened handle = open_drive(burner, O_RDWR | O_NONBLOCK);
  Request inquiry{.op = Op::scsi, .direction = vburn::Direction::from_device, .cdb_length = 6, .length = 100};
  inquiry.cdb[0] = 0x12;
  inquiry.cdb[4] = 36;
  Reply reply = ask_handle(channel.get(), handle, inquiry);
  CHECK(reply.status == 0);
  CHECK(reply.length == 36);
  CHECK(reply.residual == 64);
  Request unknown{.op = Op::scsi, .cdb_length = 6};
  unknown.cdb[0] = 0xff;
  reply = ask_handle(channel.get(), handle, unknown);
  CHECK(reply.status == 2);
  CHECK(reply.sense_length == 18);
  CHECK(int(reply.sense[0]) == 0x70);
  CHECK(int(reply.sense[2]) == 5);
  CHECK(int(reply.sense[12]) == 0x20);
}

TEST_CASE("nonsense on the socket harms nobody else") {
  const Burner burner;
  const UniqueFd good = open_channel(burner);
  const Opened handle = open_drive(burner, O_RDWR | O_NONBLOCK);
  Reply reply;
  {
    const UniqueFd fd = burner.connect();
    CHECK_FALSE(ask(fd.get(), Request{.version = 1}, reply));
  }
  {
    const UniqueFd fd = burner.connect();
    CHECK(send(fd.get(), "x", 1, MSG_NOSIGNAL) == 1);
    CHECK(recv(fd.get(), &reply, sizeof reply, 0) == 0);
  }
  CHECK_FALSE(ask(burner.connect().get(), Request{.op = Op::read}, reply));
  burner.connect();  // closed without a word
  const UniqueFd wild = open_channel(burner);
  core::burner::SeededRandom random(4711);
  for (int i = 0; i < 20000; i++) {
    Request request;
    std::uint64_t noise[sizeof request / 8];
    for (auto& word : noise) word = random.next();
    std::memcpy(static_cast<void*>(&request), noise, sizeof request);
    request.version = vburn::kProtocolVersion;
    request.op = static_cast<Op>(random.next() % 12);
    if (request.op == Op::admin) request.length %= 64;
    if (random.next() % 8) request.handle = inode(handle.fd.get());
    if (random.next() % 4) request.cdb_length = static_cast<std::uint8_t>(6 + random.next() % 11);
    if (random.next() % 2) request.length %= 1 << 17;
    REQUIRE(ask(wild.get(), request, reply));
  }
  Request tur{.op = Op::query};
  CHECK(ask_handle(good.get(), handle, tur).error == 0);
}

TEST_CASE("threads of several clients work side by side") {
  const Burner burner;
  std::vector<std::thread> threads;
  std::atomic<int> wrong{0};
  for (int t = 0; t < 8; t++)
    threads.emplace_back([&burner, &wrong, t] {
      for (int round = 0; round < 20; round++) {
        const Opened handle = open_drive(burner, O_RDWR | O_NONBLOCK);
        const UniqueFd channel = open_channel(burner);
        for (int i = 0; i < 20; i++) {
          const std::int64_t at = (t * 1000 + i) * 2048;
          if (ask_handle(channel.get(), handle, {.op = Op::write, .offset = at, .length = 4096}).length != 4096) wrong++;
          if (ask_handle(channel.get(), handle, {.op = Op::read, .offset = at, .length = 4096}).length != 4096) wrong++;
        }
      }
    });
  for (auto& thread : threads) thread.join();
  CHECK(wrong == 0);
}

}  // namespace
