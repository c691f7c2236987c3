// SPDX-License-Identifier: GPL-3.0-or-later
//
// The daemon: owns drives, listens on a socket, serves each connection by a thread of its own (a command may have to
// wait), and watches the handles for their end.
#pragma once

#include <atomic>
#include <condition_variable>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "libcore/base/result.h"
#include "libcore/base/unique_fd.h"
#include "vburn/daemon/drive.h"

namespace vburn {

struct DriveSpec {
  int number = 0;
  std::string disc;  ///< empty: no disc
  std::vector<core::burner::Fault> faults;
};

struct ServerOptions {
  std::string dir;  ///< exists, belongs to this user alone
  std::vector<DriveSpec> drives;
  core::burner::Timing timing;
  std::string trace;     ///< file for a line per command; empty: none
  int parent_pipe = -1;  ///< readable or at its end: finish as soon as no device is open. -1: run until told to stop
  std::function<void()> on_lingering;  ///< called once if parent_pipe ended while devices were still open
};

class Server {
 public:
  explicit Server(ServerOptions options);
  ~Server();

  /// Loads the discs, makes the shadow tree, listens.
  core::Result<void> start();
  /// Serves until stopped. Afterwards all discs are saved and given free.
  void run();
  /// Makes run() return. May be called by a signal handler.
  void stop();

 private:
  void accept_one();
  void serve(int fd);
  void serve_channel(int fd);
  void answer(const Request& request, std::span<std::byte> shared, Reply& reply, std::int64_t& delay_us);
  void open_handle(int fd, const Request& request, Reply& reply);
  void drop_closed_handles();
  std::shared_ptr<Handle> find_handle(std::uint64_t inode);
  Drive* find_drive(int number);
  bool no_handles();
  void close_down();

  const ServerOptions options_;
  std::optional<Trace> trace_;
  std::vector<std::unique_ptr<Drive>> drives_;
  core::UniqueFd listener_;
  core::UniqueFd epoll_;
  core::UniqueFd wake_;
  std::atomic<bool> stopping_{false};
  bool finishing_ = false;

  std::mutex mutex_;  ///< of what follows
  std::map<std::uint64_t, std::shared_ptr<Handle>> handles_;
  std::set<int> connections_;  ///< that are no handles (yet)
  int threads_ = 0;
  std::condition_variable no_threads_;
};

}  // namespace vburn
