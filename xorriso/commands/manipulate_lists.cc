// SPDX-License-Identifier: GPL-3.0-or-later
//
// -setfacl_list and -setfattr_list: dumps of getfacl -R and getfattr -Rd, applied to the paths they name. What was
// collected for one path takes effect when the next path begins or the list ends.
#include <cerrno>
#include <cstdio>
#include <memory>

#include "libcore/base/text.h"
#include "xorriso/attribute_text.h"
#include "xorriso/commands/manipulate.h"
#include "xorriso/expansion.h"

namespace xorriso {

namespace {

using core::Severity;
using core::shell_quote;
using core::image::Node;

/// Lines of a file or of standard input.
class LineReader {
 public:
  /// False: reported.
  bool open(Program& program, const std::string& word) {
    if (word == "-") {
      program.report(Severity::note, "Ready for data at standard input");
      file_.reset(stdin);
      owns_ = false;
      return true;
    }
    const auto path = program.disk_path(word);
    file_.reset(path ? std::fopen(path->c_str(), "rb") : nullptr);
    if (file_) return true;
    return program.fail(Severity::failure, "Failed to open file " + shell_quote(word) + " in rb mode", errno);
  }
  ~LineReader() {
    if (!owns_) static_cast<void>(file_.release());
  }
  bool next(std::string& line) {
    line.clear();
    int c = std::getc(file_.get());
    if (c == EOF) return false;
    for (; c != EOF && c != '\n'; c = std::getc(file_.get())) line += static_cast<char>(c);
    number_++;
    return true;
  }
  int number() const { return number_; }

 private:
  struct Close { void operator()(std::FILE* f) const { std::fclose(f); } };
  std::unique_ptr<std::FILE, Close> file_;
  bool owns_ = true;
  int number_ = 0;
};

/// Decodes \ooo. Other backslashes stay.
std::string decode_octal(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); i++) {
    const auto digit = [&](std::size_t k) { return i + k < text.size() && text[i + k] >= '0' && text[i + k] <= '7'; };
    if (text[i] == '\\' && digit(1) && digit(2) && digit(3)) {
      out += static_cast<char>((text[i + 1] - '0') * 64 + (text[i + 2] - '0') * 8 + (text[i + 3] - '0'));
      i += 3;
    } else {
      out += text[i];
    }
  }
  return out;
}

std::string trimmed(std::string_view text) {
  while (!text.empty() && (text.back() == ' ' || text.back() == '\t' || text.back() == '\r')) text.remove_suffix(1);
  return std::string(text);
}

/// What one kind of list collects for a path.
class Collector {
 public:
  virtual ~Collector() = default;
  virtual void begin(const std::string& path) = 0;
  virtual void line(const std::string& text, int number) = 0;
  /// Puts into effect what was collected, if anything. False: failed and reported.
  virtual bool finish() = 0;
};

bool read_list(Program& program, const std::string& command, const std::string& word, Collector& collector,
               std::string_view abort_tail) {
  LineReader reader;
  const auto aborted = [&] {
    return program.fail(Severity::failure, command + " " + shell_quote(word) +
                                               core::strprintf(" aborted in line %d", reader.number()) +
                                               std::string(abort_tail));
  };
  if (!reader.open(program, word)) return aborted();
  std::string line;
  while (reader.next(line)) {
    if (line == "@") {
      program.report(Severity::note, command + " input ended by '@'");
      break;
    }
    if (line == "@@@") {
      program.report(Severity::warning, command + " aborted by input line '@@@'");
      return abort_tail.empty() ? false : aborted();
    }
    if (line.starts_with("# file: ")) {
      if (!collector.finish()) return aborted();
      collector.begin(decode_octal(std::string_view(line).substr(8)));
    } else {
      collector.line(line, reader.number());
    }
  }
  return collector.finish() || aborted();
}

class AclCollector : public Collector {
 public:
  explicit AclCollector(Program& program) : program_(program) {}

  void begin(const std::string& path) override { path_ = path; }

  void line(const std::string& text, int) override {
    if (text.starts_with("# owner: ")) owner_ = decode_octal(text.substr(9));
    else if (text.starts_with("# group: ")) group_ = decode_octal(text.substr(9));
    else if (!text.empty() && text[0] != '#') acl_ += text + "\n";
  }

  bool finish() override {
    const auto path = std::exchange(path_, std::nullopt);
    if (!path) return true;
    const std::string owner = std::exchange(owner_, {}), group = std::exchange(group_, {});
    const std::string acl = std::exchange(acl_, {});
    const auto absolute = program_.iso_path(*path);
    const Node node = absolute ? find_node(program_, *absolute) : Node();
    if (!node) return false;
    const auto apply = [&](const std::optional<NodeStep>& step) { return step && (*step)(node, *path); };
    if (!owner.empty() && !apply(chown_step(program_, owner))) return false;
    if (!group.empty() && !apply(chgrp_step(program_, group))) return false;
    return apply(setfacl_step(program_, acl));
  }

 private:
  Program& program_;
  std::optional<std::string> path_;
  std::string owner_, group_, acl_;
};

class XattrCollector : public Collector {
 public:
  XattrCollector(Program& program, std::string source) : program_(program), source_(std::move(source)) {}

  void begin(const std::string& path) override { path_ = path; }

  void line(const std::string& text, int number) override {
    if (text.empty() || text[0] == '#') return;
    const auto warn = [&](const char* what) {
      program_.report(Severity::warning, "-setfattr_list: " + shell_quote(source_) +
                                             core::strprintf(" : Line %d : ", number) + what);
    };
    const std::size_t equals = text.find('=');
    if (equals == std::string::npos) return warn("No '=' found in xattr line");
    const std::string value = trimmed(std::string_view(text).substr(equals + 1));
    if (value.size() < 2 || value.front() != '"' || value.back() != '"')
      return warn("Value not enclosed in quotes");
    attributes_.push_back({text.substr(0, equals), decode_octal(std::string_view(value).substr(1, value.size() - 2))});
  }

  bool finish() override {
    const auto path = std::exchange(path_, std::nullopt);
    const auto attributes = std::exchange(attributes_, {});
    if (!path) return true;
    const auto absolute = program_.iso_path(*path);
    const Node node = absolute ? find_node(program_, *absolute) : Node();
    if (!node) return false;
    core::Result<void> done =
        core::image::replace_xattrs(*program_.image, node, attributes, xattr_scope(program_.settings));
    if (done) return true;
    program_.drain();
    program_.report(std::move(done).problem());
    return program_.fail(Severity::failure, "Error with setting xattr of " + shell_quote(*path));
  }

 private:
  Program& program_;
  std::string source_;
  std::optional<std::string> path_;
  std::vector<core::image::Xattr> attributes_;
};

}  // namespace

bool cmd_setfacl_list(Program& program, Words words) {
  AclCollector collector(program);
  return read_list(program, "-setfacl_list", words[0], collector, "\n");
}

bool cmd_setfattr_list(Program& program, Words words) {
  XattrCollector collector(program, words[0]);
  return read_list(program, "-setfattr_list", words[0], collector, "");
}

}  // namespace xorriso
