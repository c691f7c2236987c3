// SPDX-License-Identifier: GPL-3.0-or-later
//
// Expansion of pattern words. Both trees are walked by the same recursion: it asks a directory for its names that match
// one component and goes on with the next component in each of them.
#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>

#include <algorithm>
#include <memory>
#include <utility>

#include "libcore/base/path.h"
#include "libcore/image/pattern.h"

namespace core::image {

namespace {

/// One component of a pattern path.
struct Component {
  std::string text;
  bool wild = false;
  Pattern pattern;
};

Result<std::vector<Component>> split_components(std::string_view absolute) {
  std::vector<Component> out;
  std::size_t pos = 1;
  while (pos < absolute.size()) {
    std::size_t end = absolute.find('/', pos);
    if (end == std::string_view::npos) end = absolute.size();
    Component component{.text = std::string(absolute.substr(pos, end - pos))};
    component.wild = has_wildcards(component.text);
    if (component.wild) {
      Result<Pattern> pattern = Pattern::compile(component.text);
      if (!pattern) return std::move(pattern).problem();
      component.pattern = std::move(*pattern);
    }
    out.push_back(std::move(component));
    pos = end + 1;
  }
  return out;
}

class ImageWalk {
 public:
  ImageWalk(const Image& image, std::span<const Component> components, std::vector<std::string>& out)
      : image_(image), components_(components), out_(out) {}

  void run(Node node, const std::string& path, std::size_t level) {
    if (level == components_.size()) {
      out_.push_back(path.empty() ? "/" : path);
      return;
    }
    if (!node.is_directory()) return;
    const Component& component = components_[level];
    if (!component.wild) {
      if (const Node child = image_.find_child(node, component.text)) run(child, path + "/" + component.text, level + 1);
      return;
    }
    for (const Node child : node.children())
      if (component.pattern.matches(child.name())) run(child, path + "/" + std::string(child.name()), level + 1);
  }

 private:
  const Image& image_;
  std::span<const Component> components_;
  std::vector<std::string>& out_;
};

class DiskWalk {
 public:
  DiskWalk(LinkHopping hopping, std::span<const Component> components, std::vector<std::string>& out)
      : hopping_(hopping), components_(components), out_(out) {}

  void run(const std::string& path, std::size_t level) {
    struct stat info;
    if (level == components_.size()) {
      if (lstat(path.empty() ? "/" : path.c_str(), &info) == 0) out_.push_back(path.empty() ? "/" : path);
      return;
    }
    const Component& component = components_[level];
    if (!component.wild) {
      const std::string child = path + "/" + component.text;
      if (level + 1 == components_.size() || may_enter(child)) run(child, level + 1);
      return;
    }
    for (const std::string& name : names(path.empty() ? "/" : path)) {
      if (!component.pattern.matches(name)) continue;
      const std::string child = path + "/" + name;
      if (level + 1 == components_.size())
        out_.push_back(child);
      else if (may_enter(child))
        run(child, level + 1);
    }
  }

 private:
  bool may_enter(const std::string& path) const {
    struct stat info;
    const int ret = hopping_ == LinkHopping::yes ? stat(path.c_str(), &info) : lstat(path.c_str(), &info);
    return ret == 0 && S_ISDIR(info.st_mode);
  }

  static std::vector<std::string> names(const std::string& directory) {
    std::vector<std::string> out;
    const std::unique_ptr<DIR, int (*)(DIR*)> stream(opendir(directory.c_str()), closedir);
    if (!stream) return out;
    while (const dirent* entry = readdir(stream.get())) {
      const std::string_view name = entry->d_name;
      if (name != "." && name != "..") out.emplace_back(name);
    }
    std::sort(out.begin(), out.end());
    return out;
  }

  LinkHopping hopping_;
  std::span<const Component> components_;
  std::vector<std::string>& out_;
};

bool is_absolute(std::string_view word) { return word.starts_with("/"); }

/// `absolute` as seen from `cwd`; paths outside of cwd stay absolute.
std::string relative_to(std::string_view cwd, const std::string& absolute) {
  if (absolute == cwd) return ".";
  if (cwd == "/") return absolute.substr(1);
  if (absolute.size() > cwd.size() && absolute.starts_with(cwd) && absolute[cwd.size()] == '/')
    return absolute.substr(cwd.size() + 1);
  return absolute;
}

Problem not_understood(const std::string& word) {
  return {.severity = Severity::failure, .text = "Cannot compile pattern to regular expression:  " + word};
}

/// What both expansions have in common: parse the word, let `walk` collect absolute paths, keep it if there are none.
template <typename Walk>
Result<void> expand_word(std::string_view cwd, const std::string& word, bool relative_results, ProblemSink& problems,
                         std::vector<std::string>& out, Walk walk) {
  Result<std::string> absolute = normalize_path(cwd, word);
  if (!absolute) {
    problems.report(std::move(absolute).problem());
    return not_understood(word);
  }
  Result<std::vector<Component>> components = split_components(*absolute);
  if (!components) {
    problems.report(std::move(components).problem());
    return not_understood(word);
  }
  const std::size_t before = out.size();
  walk(*components);
  if (out.size() == before) out.push_back(word);
  else if (relative_results)
    for (std::size_t i = before; i < out.size(); i++) out[i] = relative_to(cwd, out[i]);
  return {};
}

/// Words that already are what an expansion would make of them need no walk.
bool is_plain(std::string_view word) {
  if (word.empty() || has_wildcards(word) || word.back() == '/') return false;
  if (word.find("//") != std::string_view::npos) return false;
  return !word.starts_with(".") && word.find("/.") == std::string_view::npos;
}

}  // namespace

Result<std::vector<std::string>> expand_in_image(const Image& image, std::string_view cwd,
                                                 std::span<const std::string> words, ProblemSink& problems) {
  std::vector<std::string> out;
  const bool any_absolute = std::any_of(words.begin(), words.end(), is_absolute);
  for (const std::string& word : words) {
    const bool keep = is_plain(word) && (is_absolute(word) || !any_absolute || cwd != "/");
    if (keep || word == ".") {
      out.push_back(word);
      continue;
    }
    const Result<void> done =
        expand_word(cwd, word, !any_absolute, problems, out, [&](const std::vector<Component>& components) {
          ImageWalk(image, components, out).run(image.root(), "", 0);
        });
    if (!done) return Result<void>(done).problem();
  }
  return out;
}

Result<std::vector<std::string>> expand_on_disk(std::string_view cwd, std::span<const std::string> words,
                                                LinkHopping hopping, ProblemSink& problems) {
  std::vector<std::string> out;
  for (const std::string& word : words) {
    if (is_plain(word) || word == ".") {
      out.push_back(word);
      continue;
    }
    const Result<void> done =
        expand_word(cwd, word, !is_absolute(word), problems, out, [&](const std::vector<Component>& components) {
          DiskWalk(hopping, components, out).run("", 0);
        });
    if (!done) return Result<void>(done).problem();
  }
  return out;
}

}  // namespace core::image
