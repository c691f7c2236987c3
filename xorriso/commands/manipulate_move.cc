// SPDX-License-Identifier: GPL-3.0-or-later
//
// Renaming and cloning: -move and -clone take addresses as they are, -mv and -cp_clone go into existing directories.
#include "libcore/base/path.h"
#include "libcore/base/text.h"
#include "xorriso/commands/manipulate.h"
#include "xorriso/expansion.h"

namespace xorriso {

namespace {

using core::Severity;
using core::shell_quote;
using core::image::Node;

std::string shown(const std::string& path) { return shell_quote(path == "/" ? std::string() : path); }

bool is_below(const std::string& path, const std::string& top) {
  return path.size() > top.size() && path.starts_with(top) && (top == "/" || path[top.size()] == '/');
}

bool fail_with(Program& program, core::Problem problem) {
  program.report(std::move(problem));
  return false;
}

/// Removes what is at `path`, if -overwrite allows it. `verb` begins the message.
bool clear_place(Program& program, const std::string& path, Node existing, const std::string& verb) {
  const auto overwrite = program.settings.insert.overwrite;
  if (existing.is_directory() && (overwrite != InsertSettings::Overwrite::on || path == "/"))
    return program.fail(Severity::failure, verb + ": May not overwrite directory: " + shown(path));
  if (overwrite == InsertSettings::Overwrite::off)
    return program.fail(Severity::failure, verb + ": May not overwrite: " + shown(path));
  core::Result<void> done = core::image::remove_tree(*program.image, existing);
  return done ? true : fail_with(program, std::move(done).problem());
}

/// The directory at `path`, made with all its parents if it is not there. Empty: reported.
Node make_directories(Program& program, const std::string& path, const std::string& verb) {
  core::image::Image& image = *program.image;
  Node node = image.root();
  for (std::size_t pos = 1; pos < path.size();) {
    std::size_t end = path.find('/', pos);
    if (end == std::string::npos) end = path.size();
    const std::string name = path.substr(pos, end - pos);
    Node child = image.find_child(node, name);
    if (child && !child.is_directory()) {
      if (!clear_place(program, path.substr(0, end), child, verb)) return {};
      child = {};
    }
    if (!child) {
      core::Result<Node> made = core::image::add_directory(image, node, name);
      if (!made) {
        fail_with(program, std::move(made).problem());
        return {};
      }
      child = *made;
    }
    node = child;
    pos = end + 1;
  }
  return node;
}

bool rename_path(Program& program, const std::string& origin, const std::string& destination, Announce announce) {
  core::image::Image& image = *program.image;
  if (origin == "/") return program.fail(Severity::failure, "May not rename root directory");
  if (origin == destination) {
    program.report(Severity::warning, "Ignored attempt to rename " + shown(origin) + " to itself");
    return true;
  }
  if (is_below(destination, origin))
    return program.fail(Severity::failure,
                        "May not rename " + shown(origin) + " to its own sub address " + shown(destination));
  const Node node = find_node(program, origin);
  if (!node) return false;
  if (const Node existing = image.find(destination)) {
    if (is_below(origin, destination))
      return program.fail(Severity::failure, "Renaming: May not overwrite directory: " + shown(destination));
    if (!clear_place(program, destination, existing, "Renaming")) return false;
  }
  const Node parent = make_directories(program, std::string(core::parent_path(destination)), "Renaming");
  if (!parent) return false;
  core::Result<void> done = core::image::move_node(image, node, parent, core::leaf_name(destination));
  if (!done) return fail_with(program, std::move(done).problem());
  if (announce == Announce::yes)
    program.info("Renamed in ISO image: " + shown(origin) + " to " + shown(destination) + "\n");
  return true;
}

/// Renames one after the other into an existing directory, but changes the directory's list of children only once.
class DirectoryMover {
 public:
  DirectoryMover(Program& program, const std::string& target)
      : program_(program), batch_(*program.image, program.image->find(target)), target_(target) {}

  bool move(const std::string& origin, const std::string& destination) {
    core::image::Image& image = *program_.image;
    const std::string name(core::leaf_name(destination));
    // What is or was below the target, or wants a place that is taken, is no case for the batch.
    const Node node = image.find(origin);
    if (!node || is_below(origin, target_) || origin == target_ || is_below(target_, origin) || batch_.has(name) ||
        image.find_child(image.find(target_), name)) {
      return finish() && rename_path(program_, origin, destination, Announce::yes);
    }
    core::Result<void> done = batch_.add(node);
    if (!done) return fail_with(program_, std::move(done).problem());
    program_.info("Renamed in ISO image: " + shown(origin) + " to " + shown(destination) + "\n");
    return true;
  }

  bool finish() {
    core::Result<void> done = batch_.flush();
    return done ? true : fail_with(program_, std::move(done).problem());
  }

 private:
  Program& program_;
  core::image::MoveBatch batch_;
  std::string target_;
};

bool clone_path(Program& program, const std::string& origin, const std::string& copy) {
  core::image::Image& image = *program.image;
  const Node node = find_node(program, origin);
  if (!node) return false;
  if (image.find(copy))
    return program.fail(Severity::failure, "Cloning: Copy address already exists: " + shell_quote(copy));
  if (!node.is_directory() && is_below(copy, origin))
    return program.fail(Severity::failure, "Cloning: Not a directory: " + shown(origin));
  const Node parent = make_directories(program, std::string(core::parent_path(copy)), "Cloning");
  if (!parent) return false;
  core::Result<Node> done = core::image::clone_tree(image, node, parent, core::leaf_name(copy));
  if (!done) return fail_with(program, std::move(done).problem());
  program.info("Cloned in ISO image: " + shown(origin) + " to " + shown(copy) + "\n");
  return true;
}

/// Origins and target of -mv and -cp_clone, as absolute paths.
struct Transfer {
  std::vector<std::string> origins;
  std::string target, target_word;
  bool into_directory = false;
};

std::optional<Transfer> parse_transfer(Program& program, Words words, const std::string& command) {
  if (!require_image(program)) return std::nullopt;
  if (words.size() < 2) {
    program.report(Severity::sorry, command + ": not enough arguments");
    return std::nullopt;
  }
  const auto target = expand_iso_target(program, words.back());
  if (!target) return std::nullopt;
  const auto origins = expand_iso_words(program, words.first(words.size() - 1), PatternUse::working);
  const auto target_path = program.iso_path(*target);
  if (!origins || !target_path) return std::nullopt;
  return Transfer{.origins = *origins,
                  .target = *target_path,
                  .target_word = *target,
                  .into_directory = program.image->find(*target_path).is_directory()};
}

/// Does `work` with each origin and its destination.
template <typename Work>
bool for_origins(Program& program, const Transfer& transfer, bool into_directory, Work work) {
  bool success = true;
  for (const std::string& word : transfer.origins) {
    const auto origin = program.iso_path(word);
    bool done = false;
    if (origin) {
      const std::string destination =
          into_directory ? core::join_path(transfer.target, core::leaf_name(*origin)) : transfer.target;
      done = work(*origin, destination);
    }
    if (done) continue;
    success = false;
    if (!program.may_continue()) return false;
  }
  return success;
}

}  // namespace

bool cmd_move(Program& program, Words words) {
  if (!require_image(program)) return false;
  const auto origin = program.iso_path(words[0]), destination = program.iso_path(words[1]);
  return origin && destination && rename_path(program, *origin, *destination, Announce::no);
}

bool cmd_mv(Program& program, Words words) {
  const auto transfer = parse_transfer(program, words, "-mvi");
  if (!transfer) return false;
  if (transfer->origins.size() > 1 && !transfer->into_directory)
    return program.fail(Severity::failure, "-mvi: more than one origin given, destination is a non-directory: " +
                                               shell_quote(transfer->target_word));
  if (!transfer->into_directory) {
    return for_origins(program, *transfer, false, [&](const std::string& origin, const std::string& place) {
      return rename_path(program, origin, place, Announce::yes);
    });
  }
  DirectoryMover mover(program, transfer->target);
  const bool success = for_origins(program, *transfer, true, [&](const std::string& origin, const std::string& place) {
    return mover.move(origin, place);
  });
  return mover.finish() && success;
}

bool cmd_clone(Program& program, Words words) {
  if (!require_image(program)) return false;
  const auto origin = program.iso_path(words[0]), copy = program.iso_path(words[1]);
  return origin && copy && clone_path(program, *origin, *copy);
}

bool cmd_cp_clone(Program& program, Words words) {
  const auto transfer = parse_transfer(program, words, "-cp_clone");
  if (!transfer) return false;
  const bool several = transfer->origins.size() > 1;
  if (!transfer->into_directory && program.image->find(transfer->target))
    return program.fail(Severity::failure, "-cp_clone: Copy address already exists and is not a directory: " +
                                               shell_quote(transfer->target));
  return for_origins(program, *transfer, several || transfer->into_directory,
                     [&](const std::string& origin, const std::string& copy) {
                       const Node existing = program.image->find(copy);
                       if (existing && !existing.is_directory() && program.image->find(origin)) {
                         program.report(Severity::failure, "Cloning: May not overwrite: " + shown(copy));
                         if (!program.may_continue()) return false;
                       }
                       return clone_path(program, origin, copy);
                     });
}

}  // namespace xorriso
