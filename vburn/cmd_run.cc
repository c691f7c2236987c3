// SPDX-License-Identifier: GPL-3.0-or-later
//
// vburn run: a program with virtual drives. The daemon is a process of its own, so that neither a crash of the program
// nor a signal from the terminal takes the drive away in the middle of a command.
#include <elf.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <sstream>

#include "libcore/base/text.h"
#include "vburn/commands.h"
#include "vburn/daemon/launch.h"
#include "vburn/file_io.h"
#include "vburn/preload_path.h"

namespace vburn {

using core::Problem;
using core::Result;
using core::shell_quote;

namespace {

constexpr int kLingeringMilliseconds = 5000;
constexpr int kStepMilliseconds = 10;
constexpr int kLastPatienceMilliseconds = 500;

volatile pid_t g_child = 0;  // for the signal handler

void pass_on(int number) {
  if (g_child > 0) kill(g_child, number);
}

Result<std::string> make_run_directory() {
  const char* const tmp = std::getenv("TMPDIR");
  std::string path = std::string(tmp && *tmp == '/' && std::strlen(tmp) < 60 ? tmp : "/tmp") + "/vburn-XXXXXX";
  if (!mkdtemp(path.data()))
    return Problem{.text = "Cannot make directory " + shell_quote(path) + " : " + std::strerror(errno), .os_errno = errno};
  return path;
}

/// A program that the preload library cannot get into sees the machine's own drives: better said than wondered about.
bool is_static(const std::string& path) {
  const core::UniqueFd fd(open(path.c_str(), O_RDONLY | O_CLOEXEC));
  Elf64_Ehdr header{};
  if (!fd || pread(fd.get(), &header, sizeof header, 0) != sizeof header ||
      std::memcmp(header.e_ident, ELFMAG, SELFMAG) != 0 || header.e_ident[EI_CLASS] != ELFCLASS64)
    return false;
  for (int i = 0; i < header.e_phnum; i++) {
    Elf64_Phdr part{};
    const auto offset = static_cast<off_t>(header.e_phoff + static_cast<Elf64_Off>(i) * header.e_phentsize);
    if (pread(fd.get(), &part, sizeof part, offset) != sizeof part || part.p_type == PT_INTERP) return false;
  }
  return true;
}

/// Where execvp() will find a program; empty if nowhere.
std::string find_program(const std::string& name) {
  if (name.find('/') != std::string::npos) return name;
  const char* const path = std::getenv("PATH");
  std::string rest = path ? path : "/usr/bin:/bin";
  while (true) {
    const auto colon = rest.find(':');
    const std::string dir = rest.substr(0, colon);
    const std::string candidate = (dir.empty() ? "." : dir) + "/" + name;
    if (access(candidate.c_str(), X_OK) == 0) return candidate;
    if (colon == std::string::npos) return {};
    rest = rest.substr(colon + 1);
  }
}

void warn_if_out_of_reach(const std::string& name) {
  const std::string path = find_program(name);
  struct stat st;
  if (path.empty() || stat(path.c_str(), &st) != 0) return;
  if (is_static(path)) complain(shell_quote(path) + " is statically linked and will not see the virtual drives");
  const bool other_user = (st.st_mode & S_ISUID) && st.st_uid != geteuid();
  if (other_user) complain(shell_quote(path) + " changes its user when it starts and will not see the virtual drives");
}

enum class Sleeps { shortened, kept };

void set_environment(const std::string& dir, const std::string& drives, const std::string& preload, Sleeps sleeps) {
  if (sleeps == Sleeps::kept)
    setenv(kWaitsVariable, "1", 1);
  else
    unsetenv(kWaitsVariable);
  setenv(kDirVariable, dir.c_str(), 1);
  setenv(kDrivesVariable, drives.c_str(), 1);
  const char* const others = std::getenv("LD_PRELOAD");
  setenv("LD_PRELOAD", others && *others ? (preload + ":" + others).c_str() : preload.c_str(), 1);
}

/// Runs the program and returns what vburn run shall exit with.
int run_program(const std::vector<std::string>& words) {
  std::vector<char*> argv;
  for (const std::string& word : words) argv.push_back(const_cast<char*>(word.c_str()));
  argv.push_back(nullptr);
  int failure[2];
  if (pipe2(failure, O_CLOEXEC) != 0) return complain(std::string("Cannot make a pipe : ") + std::strerror(errno), kExitRunFailed);
  const pid_t child = fork();
  if (child == 0) {
    execvp(argv[0], argv.data());
    const int error = errno;
    [[maybe_unused]] const ssize_t n = write(failure[1], &error, sizeof error);
    _exit(error == ENOENT ? kExitNotFound : kExitNotExecutable);
  }
  close(failure[1]);
  if (child < 0) return complain(std::string("Cannot fork : ") + std::strerror(errno), kExitRunFailed);
  g_child = child;
  for (const int number : {SIGTERM, SIGHUP, SIGUSR1, SIGUSR2}) signal(number, pass_on);
  for (const int number : {SIGINT, SIGQUIT}) signal(number, SIG_IGN);  // the terminal sends them to the program too
  int error = 0;
  ssize_t n;
  do n = read(failure[0], &error, sizeof error);
  while (n < 0 && errno == EINTR);
  close(failure[0]);
  int status = 0;
  while (waitpid(child, &status, 0) < 0 && errno == EINTR) {
  }
  g_child = 0;
  if (n == sizeof error) complain("Cannot execute " + shell_quote(words[0]) + " : " + std::strerror(error));
  return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

/// Are there processes left that the program has started? Orphans come to us because we are their reaper.
bool descendants_left(pid_t daemon) {
  const auto list = read_file("/proc/self/task/" + std::to_string(getpid()) + "/children");
  std::istringstream words(list ? *list : std::string());
  bool left = false;
  for (pid_t pid; words >> pid;)
    if (pid != daemon && waitpid(pid, nullptr, WNOHANG) == 0) left = true;
  return left;
}

/// What works in the background may be about to use a drive.
void await_descendants(pid_t daemon) {
  for (int waited = 0; waited < kLingeringMilliseconds && descendants_left(daemon); waited += kStepMilliseconds)
    usleep(kStepMilliseconds * 1000);
}

/// Lets the daemon save its discs. Waits as long as that takes, but not for processes that keep a drive open.
void finish(Launched& daemon, const std::string& dir) {
  daemon.control.reset();
  int patience = -1;
  while (true) {
    pollfd end{daemon.report.get(), POLLIN, 0};
    const int n = poll(&end, 1, patience);
    if (n < 0 && errno == EINTR) continue;
    char byte;
    if (n > 0 && read(daemon.report.get(), &byte, 1) == 1) {
      patience = kLastPatienceMilliseconds;
      continue;
    }
    if (n > 0) break;
    complain("A process that the program has started still uses a drive, which stays up until it ends");
    return;
  }
  int status = 0;
  waitpid(daemon.pid, &status, 0);
  if (WIFSIGNALED(status)) complain(core::strprintf("The drive was killed by signal %d; what was not synchronized is lost", WTERMSIG(status)));
  std::error_code ignored;
  std::filesystem::remove_all(dir, ignored);
}

int run_with_own_drives(const Arguments& arguments, const std::string& preload) {
  auto options = drive_options(arguments);
  if (!options) return usage_error("run", options.problem(), kExitRunFailed);
  auto dir = make_run_directory();
  if (!dir) return complain(dir.problem(), kExitRunFailed);
  options->dir = *dir;
  std::string numbers;
  for (const DriveSpec& spec : options->drives) numbers += (numbers.empty() ? "" : ",") + std::to_string(spec.number);
  auto daemon = launch_daemon(std::move(*options), Life::with_starter);
  if (!daemon) return complain(daemon.problem(), kExitRunFailed);
  set_environment(*dir, numbers, preload, keeps_sleeps(arguments) ? Sleeps::kept : Sleeps::shortened);
  prctl(PR_SET_CHILD_SUBREAPER, 1);
  const int exit_value = run_program(arguments.operands);
  await_descendants(daemon->pid);
  finish(*daemon, *dir);
  return exit_value;
}

int run_with_started_drives(const Arguments& arguments, const std::string& preload) {
  for (const char* const name : {"drive", "fault", "realtime", "trace"})
    if (arguments.has(name))
      return usage_error("run", Problem{.text = std::string("Option --") + name + " cannot go with --use"}, kExitRunFailed);
  const auto dir = named_directory(arguments.get("use"));
  if (!dir) return usage_error("run", dir.problem(), kExitRunFailed);
  const auto numbers = read_file(*dir + "/drives");
  if (!numbers || !daemon_lives(*dir))
    return complain("No burner named " + shell_quote(arguments.get("use")) + " is running (vburn start makes one)", kExitRunFailed);
  const bool kept = arguments.has("waits") || access((*dir + "/waits").c_str(), F_OK) == 0;
  set_environment(*dir, *numbers, preload, kept ? Sleeps::kept : Sleeps::shortened);
  return run_program(arguments.operands);
}

}  // namespace

int cmd_run(const Arguments& arguments) {
  const auto preload = preload_library();
  if (!preload) return complain(preload.problem(), kExitRunFailed);
  warn_if_out_of_reach(arguments.operands[0]);
  return arguments.has("use") ? run_with_started_drives(arguments, *preload) : run_with_own_drives(arguments, *preload);
}

}  // namespace vburn
