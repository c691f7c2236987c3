// SPDX-License-Identifier: GPL-3.0-or-later
//
// Copying the bytes of data files, or ranges of them, into files, descriptors and programs.
#include <fcntl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <cstring>

#include "libcore/base/text.h"
#include "libcore/base/unique_fd.h"
#include "libcore/image/content.h"
#include "xorriso/commands/extract_files.h"
#include "xorriso/commands/insert_files.h"
#include "xorriso/numbers.h"

namespace xorriso {
namespace {

using core::Bytes;
using core::Severity;
using core::shell_quote;
using core::UniqueFd;
using core::image::FileContent;
using core::image::Node;

constexpr std::int64_t kPiece = 1 << 20;
constexpr double kMuchTooLarge = 1e18;

/// A write to a program that has ended shall give an error, not a signal.
class NoBrokenPipeSignal {
 public:
  NoBrokenPipeSignal() {
    struct sigaction ignore {};
    ignore.sa_handler = SIG_IGN;
    ::sigaction(SIGPIPE, &ignore, &before_);
  }
  ~NoBrokenPipeSignal() { ::sigaction(SIGPIPE, &before_, nullptr); }

 private:
  struct sigaction before_ {};
};

bool write_all(int fd, std::span<const std::byte> bytes) {
  while (!bytes.empty()) {
    const ssize_t n = ::write(fd, bytes.data(), bytes.size());
    if (n < 0 && errno == EINTR) continue;
    if (n <= 0) return false;
    bytes = bytes.subspan(static_cast<std::size_t>(n));
  }
  return true;
}

std::unique_ptr<FileContent> open_content(Program& program, Node node) {
  auto content = program.indev != nullptr
                     ? FileContent::open(*program.image, *program.indev, node)
                     : core::Result<std::unique_ptr<FileContent>>(core::Problem{Severity::failure, "No input drive is acquired"});
  if (content) return std::move(*content);
  program.report(std::move(content).problem());
  return nullptr;
}

/// Copies `count` bytes from `start` on to the descriptor, less if the content ends. Negative: reported.
std::int64_t copy_range(Program& program, Node node, std::int64_t start, std::int64_t count, int fd, const std::string& target) {
  const auto content = open_content(program, node);
  if (content == nullptr) return -1;
  std::vector<std::byte> buffer(static_cast<std::size_t>(std::min(kPiece, count)));
  std::int64_t done = 0;
  while (done < count) {
    const auto want = std::span(buffer).first(static_cast<std::size_t>(std::min<std::int64_t>(count - done, static_cast<std::int64_t>(buffer.size()))));
    auto got = content->read(Bytes{start + done}, want);
    if (!got) {
      program.report(std::move(got).problem());
      program.report(Severity::failure, "Cannot read all bytes from ISO file " + shell_quote(node.path()));
      return -1;
    }
    if (!write_all(fd, want.first(*got))) {
      program.report(Severity::failure, "Write error with " + shell_quote(target), errno);
      return -1;
    }
    done += static_cast<std::int64_t>(*got);
    program.progress.bytes.fetch_add(static_cast<std::int64_t>(*got), std::memory_order_relaxed);
    if (*got < want.size() || program.progress.cancel) break;
  }
  return done;
}

/// Start and length of a range. False: reported.
bool read_range(Program& program, const char* command, const std::string& start_word, const std::string& count_word,
                std::int64_t& start, std::int64_t& count) {
  const double start_number = parse_size_fraction(start_word), count_number = parse_size_fraction(count_word);
  if (start_number < 0 || start_number > kMuchTooLarge)
    return program.fail(Severity::failure, core::strprintf("-%s: startbyte address negative or much too large (%s)", command, start_word.c_str()));
  if (count_number <= 0 || count_number > kMuchTooLarge)
    return program.fail(Severity::failure, core::strprintf("-%s : bytecount zero, negative or much too large (%s)", command, count_word.c_str()));
  start = static_cast<std::int64_t>(start_number);
  count = static_cast<std::int64_t>(count_number);
  return true;
}

/// A range that begins at a block may be longer than the file, another one may not.
bool fits(Program& program, Node node, std::int64_t start, std::int64_t count) {
  const std::int64_t size = node.size().value;
  if (start <= size && (start % core::kBlockSize == 0 || count <= size - start)) return true;
  program.report(Severity::failure, "Cannot read all bytes from ISO file " + shell_quote(node.path()));
  return program.fail(Severity::failure, "Cannot restore regular file to disk filesystem: " + shell_quote(node.path()));
}

bool fail_restore(Program& program, Node node, const std::string& disk_path, int error) {
  program.report(Severity::failure, "Cannot restore regular file to disk filesystem: " + shell_quote(node.path()), error);
  return program.fail(Severity::sorry, "Restoring failed:  " + shell_quote(node.path()) + " = " + shell_quote(disk_path));
}

/// Bans hold for these two commands too; without -osirrox they work, as users are used to.
bool range_copy_allowed(Program& program, const char* command) {
  const auto mode = program.settings.extract.mode;
  if (mode != ExtractSettings::Mode::banned && mode != ExtractSettings::Mode::blocked) return true;
  return extraction_allowed(program, command);
}

/// Copies the range to `offset` of a disk file that is open, and gives the file the attributes of the node.
bool restore_range(Program& program, Node node, std::int64_t start, std::int64_t count, int fd, std::int64_t offset, const std::string& disk_path) {
  if (::lseek(fd, offset, SEEK_SET) < 0) return fail_restore(program, node, disk_path, errno);
  if (copy_range(program, node, start, count, fd, disk_path) < 0) return fail_restore(program, node, disk_path, 0);
  const core::image::Exclusions none;
  core::image::apply_attributes(node, fd, extract_options(program, none), program, disk_path);
  program.progress.done++;
  return true;
}

// --- -concat ---------------------------------------------------------------------------------------------------------

/// Nodes of data files. False: reported.
bool data_files(Program& program, Words words, std::vector<Node>& files) {
  for (const std::string& word : words) {
    const Node node = find_in_image(program, word);
    if (!node) return false;
    if (node.kind() != core::image::NodeKind::file && node.kind() != core::image::NodeKind::boot)
      return program.fail(Severity::failure, "-concat: iso_rr_path is not a regular data file: " + shell_quote(node.path()));
    files.push_back(node);
  }
  return true;
}

bool concat_files(Program& program, const std::vector<Node>& files, int fd) {
  for (const Node node : files)
    if (copy_range(program, node, 0, node.size().value, fd, node.path()) < 0) return false;
  return true;
}

UniqueFd open_concat_target(Program& program, const std::string& word, bool truncate) {
  if (word == "-") return UniqueFd(::dup(1));
  if (word.starts_with("/dev/fd/")) {
    const auto number = parse_integer(word.substr(8));
    UniqueFd fd(number ? ::dup(static_cast<int>(*number)) : -1);
    if (!fd) program.report(Severity::failure, "-concat: Cannot use file descriptor " + shell_quote(word), errno);
    return fd;
  }
  const auto path = program.disk_path(word);
  if (!path) return {};
  struct stat info;
  const bool exists = ::stat(path->c_str(), &info) == 0;
  if (exists && S_ISDIR(info.st_mode)) {
    program.report(Severity::failure, "Unsuitable -concat target: " + shell_quote(*path) + ". May not write data into a directory.");
    return {};
  }
  const int regular_flags = truncate ? O_TRUNC : O_APPEND;
  UniqueFd fd(::open(path->c_str(), O_WRONLY | O_CREAT | O_CLOEXEC | (exists && !S_ISREG(info.st_mode) ? 0 : regular_flags), 0666));
  if (!fd) program.report(Severity::failure, "-concat: Cannot open target " + shell_quote(*path) + " for writing", errno);
  return fd;
}

/// Runs `arguments` with the files on its standard input.
bool concat_to_program(Program& program, Words arguments, const std::vector<Node>& files) {
  if (arguments[0].find('/') == std::string::npos)
    return program.fail(Severity::failure, "External program path contains no '/': " + shell_quote(arguments[0]));
  if (::getuid() != ::geteuid() || ::getgid() != ::getegid())
    return program.fail(Severity::failure, "-concat pipe: Real and effective user or group differ. Will not run external programs.");
  int ends[2];
  if (::pipe2(ends, O_CLOEXEC) != 0) return program.fail(Severity::failure, "-concat pipe: Cannot create a pipe", errno);
  UniqueFd reading(ends[0]), writing(ends[1]);
  std::vector<char*> argv;
  for (const std::string& argument : arguments) argv.push_back(const_cast<char*>(argument.c_str()));
  argv.push_back(nullptr);
  const pid_t child = ::fork();
  if (child < 0) return program.fail(Severity::failure, "-concat pipe: Cannot start a process", errno);
  if (child == 0) {
    ::dup2(reading.get(), 0);
    ::execv(argv[0], argv.data());
    ::_exit(127);
  }
  reading.reset();
  const NoBrokenPipeSignal no_signal;
  const bool done = concat_files(program, files, writing.get());
  writing.reset();
  int status = 0;
  while (::waitpid(child, &status, 0) < 0 && errno == EINTR) {
  }
  return done;
}

bool concat_pipe(Program& program, Words words) {
  auto too_few = [&] {
    return program.fail(Severity::failure, "-concat pipe: Not enough arguments. Need delimiter, program path, delimiter, iso_rr_path.");
  };
  if (words.size() < 4) return too_few();
  const Words rest = words.subspan(2);
  const auto end = static_cast<std::size_t>(std::find(rest.begin(), rest.end(), words[1]) - rest.begin());
  if (end == 0 || end + 1 >= rest.size()) return too_few();
  std::vector<Node> files;
  return data_files(program, rest.subspan(end + 1), files) && concat_to_program(program, rest.first(end), files);
}

}  // namespace

bool cmd_concat(Program& program, Words words) {
  const std::string& mode = words[0];
  if (mode == "pipe" || (words.size() >= 3 && !words[1].empty())) {
    if (!have_image(program) || !extraction_allowed(program, "concat", "image content copies")) return false;
  }
  if (mode == "pipe") return concat_pipe(program, words);
  if (words.size() < 3) return program.fail(Severity::failure, "-concat: Not enough arguments. Need mode, target, iso_rr_path.");
  if (mode != "append" && mode != "overwrite")
    return program.fail(Severity::failure, "-concat: Unknown mode " + shell_quote(mode) + ". Known modes: overwrite, append, pipe");
  std::vector<Node> files;
  if (!data_files(program, words.subspan(2), files)) return false;
  const UniqueFd fd = open_concat_target(program, words[1], mode == "overwrite");
  const NoBrokenPipeSignal no_signal;
  return fd && concat_files(program, files, fd.get());
}

bool cmd_extract_cut(Program& program, Words words) {
  std::int64_t start = 0, count = 0;
  if (!read_range(program, "extract_cut", words[1], words[2], start, count) || !range_copy_allowed(program, "extract_cut")) return false;
  if (!have_image(program)) return false;
  const Node node = find_in_image(program, words[0]);
  const auto disk_path = program.disk_path(words[3]);
  if (!node || !disk_path) return false;
  if (node.kind() != core::image::NodeKind::file)
    return program.fail(Severity::failure, "-extract_cut: ISO file " + shell_quote(node.path()) + " is not a data file");
  if (!fits(program, node, start, count)) return false;
  if (!core::image::make_parent_directories(*disk_path, program)) return false;
  struct stat info;
  if (::lstat(disk_path->c_str(), &info) == 0) {
    if (S_ISDIR(info.st_mode))
      return program.fail(Severity::failure, "Attempt to replace DISK directory " + shell_quote(*disk_path) + " by ISO file " + shell_quote(node.path()));
    if (program.settings.insert.overwrite == InsertSettings::Overwrite::off)
      return program.fail(Severity::failure, "While restoring " + shell_quote(*disk_path) + " : file object exists and may not be overwritten");
    ::unlink(disk_path->c_str());
  }
  const core::PhaseScope scope(program.progress, core::Phase::extracting);
  const UniqueFd fd(::open(disk_path->c_str(), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600));
  if (!fd) return fail_restore(program, node, *disk_path, errno);
  return restore_range(program, node, start, count, fd.get(), 0, *disk_path);
}

bool cmd_paste_in(Program& program, Words words) {
  std::int64_t start = 0, count = 0;
  if (!read_range(program, "paste_in", words[2], words[3], start, count) || !range_copy_allowed(program, "paste_in")) return false;
  if (!have_image(program)) return false;
  const Node node = find_in_image(program, words[0]);
  const auto disk_path = program.disk_path(words[1]);
  if (!node || !disk_path) return false;
  if (node.kind() != core::image::NodeKind::file)
    return program.fail(Severity::failure, "-paste_in: ISO file " + shell_quote(node.path()) + " is not a data file", ENOENT);
  if (!core::image::make_parent_directories(*disk_path, program)) return false;
  RestoreCount counter(program);
  const UniqueFd fd(::open(disk_path->c_str(), O_WRONLY | O_CREAT | O_CLOEXEC, 0600));
  const bool done = fd ? restore_range(program, node, 0, count, fd.get(), start, *disk_path) : fail_restore(program, node, *disk_path, errno);
  counter.tell(RestoreCount::Rate::shown);
  return done;
}

}  // namespace xorriso
