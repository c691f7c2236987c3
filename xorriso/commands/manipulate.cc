// SPDX-License-Identifier: GPL-3.0-or-later
//
// Changing names and attributes of what is in the image, and removing it. Commands with a list treat each path by the
// same step; "_r" lets it run over all that is below. -mv and -cp_clone expand patterns themselves, because their target
// has to match a single path.
#include "xorriso/commands/manipulate.h"

#include <ctime>

#include "libcore/base/libraries.h"
#include "libcore/base/text.h"
#include "xorriso/attribute_text.h"
#include "xorriso/commands/groups.h"
#include "xorriso/expansion.h"
#include "xorriso/numbers.h"

namespace xorriso {

using core::Severity;
using core::shell_quote;
using core::image::Node;

namespace {

/// How messages show the root.
std::string shown(const std::string& path) { return shell_quote(path == "/" ? std::string() : path); }

enum class Depth { single, tree };

bool for_paths(Program& program, Words paths, Depth depth, const NodeStep& step) {
  bool success = true;
  for (const std::string& word : paths) {
    bool done = false;
    if (const auto path = program.iso_path(word)) {
      if (const Node top = find_node(program, *path)) {
        done = true;
        if (depth == Depth::single) done = step(top, word);
        else core::image::for_each_below(top, [&](Node node) { done = step(node, word) && done; });
      }
    }
    if (done) continue;
    success = false;
    if (!program.may_continue()) return false;
  }
  return success;
}

bool run(Program& program, Words paths, Depth depth, const std::optional<NodeStep>& step) {
  return step && for_paths(program, paths, depth, *step);
}

bool remove_words(Program& program, Removal how, Words words) {
  if (!require_image(program)) return false;
  bool success = true;
  for (const std::string& word : words) {
    const auto path = program.iso_path(word);
    if (path && remove_path(program, how, *path, word)) continue;
    success = false;
    if (!program.may_continue()) return false;
  }
  return success;
}

}  // namespace

Node find_node(Program& program, const std::string& path) {
  if (!require_image(program)) return {};
  const Node node = program.image->find(path);
  if (!node) program.report(Severity::failure, "Cannot find path " + shown(path) + " in loaded ISO image");
  return node;
}

bool remove_path(Program& program, Removal how, const std::string& path, const std::string& word) {
  const Node node = program.image->find(path);
  if (!node)
    return program.fail(Severity::sorry, "Cannot find path " + shell_quote(word) + " in loaded ISO image for removal");
  return remove_found(program, how, node, path, Announce::yes);
}

bool remove_found(Program& program, Removal how, Node node, const std::string& path, Announce announce) {
  if (path == "/" && how != Removal::tree) return program.fail(Severity::failure, "May not delete root directory");
  const bool directory = node.is_directory();
  if (how == Removal::file && directory)
    return program.fail(Severity::failure, shown(path) + " in loaded ISO image is a directory");
  if (how == Removal::directory && !directory)
    return program.fail(Severity::failure, shown(path) + " in loaded ISO image is not a directory");
  if (how == Removal::directory && node.child_count() > 0)
    return program.fail(Severity::failure, "Directory not empty on attempt to delete: " + shown(path));
  core::Result<void> done = core::image::remove_tree(*program.image, node);
  if (!done) {
    program.report(std::move(done).problem());
    return false;
  }
  if (announce == Announce::no) return true;
  const char* what = how == Removal::directory ? "directory" : directory ? "subtree" : "file";
  program.info(std::string("Removed from ISO image: ") + what + " " + shown(path) + "\n");
  return true;
}

std::optional<NodeStep> chown_step(Program& program, const std::string& user) {
  if (!require_image(program)) return std::nullopt;
  const auto uid = parse_uid(program, user);
  if (!uid) return std::nullopt;
  return [&program, uid = *uid](Node node, const std::string&) {
    core::image::set_owner(*program.image, node, uid);
    return true;
  };
}

std::optional<NodeStep> chgrp_step(Program& program, const std::string& group) {
  if (!require_image(program)) return std::nullopt;
  const auto gid = parse_gid(program, group);
  if (!gid) return std::nullopt;
  return [&program, gid = *gid](Node node, const std::string&) {
    core::image::set_group(*program.image, node, gid);
    return true;
  };
}

std::optional<NodeStep> chmod_step(Program& program, const std::string& mode, std::string_view command) {
  if (!require_image(program)) return std::nullopt;
  const auto change = core::image::ModeChange::parse(mode);
  if (!change) {
    program.report(Severity::sorry,
                   std::string(command) + ": Unrecognizable or faulty permission mode " + shell_quote(mode));
    return std::nullopt;
  }
  return [&program, change = *change](Node node, const std::string&) {
    core::image::set_permissions(*program.image, node, change.apply(node.permissions()));
    return true;
  };
}

std::optional<NodeStep> alter_date_step(Program& program, const std::string& type, const std::string& when,
                                        std::string_view command) {
  if (!require_image(program)) return std::nullopt;
  const auto which = core::image::DateChange::parse(type);
  if (!which) {
    program.report(Severity::sorry, std::string(command) + ": Unrecognized type " + shell_quote(type));
    return std::nullopt;
  }
  const auto parsed = parse_time(when, std::time(nullptr));
  if (!parsed) {
    program.report(Severity::sorry, std::string(command) + ": Cannot decode timestring " + shell_quote(when));
    return std::nullopt;
  }
  return [&program, which = *which, time = parsed->time](Node node, const std::string&) {
    core::image::set_dates(*program.image, node, which, time);
    return true;
  };
}

std::optional<NodeStep> setfacl_step(Program& program, const std::string& text) {
  if (!require_image(program)) return std::nullopt;
  auto acl = core::image::AclTexts::parse(text);
  if (!acl) {
    program.report(std::move(acl).problem());
    return std::nullopt;
  }
  return [&program, acl = *acl](Node node, const std::string& path) {
    core::Result<void> done = core::image::set_acl(*program.image, node, acl);
    if (done) return true;
    program.drain();
    program.report(std::move(done).problem());
    return program.fail(Severity::failure, "Error with setting ACL of " + shell_quote(path));
  };
}

std::optional<NodeStep> setfattr_step(Program& program, const std::string& name, const std::string& value) {
  const auto refuse = [&program](std::string text) -> std::optional<NodeStep> {
    program.report(Severity::sorry, std::move(text));
    return std::nullopt;
  };
  if (!require_image(program)) return std::nullopt;
  if (name.empty()) return refuse("-setfattr: Empty attribute name is not allowed");
  const auto scope = xattr_scope(program.settings);
  const bool all = name == "--remove-all", remove = all || name[0] == '-';
  if (all && !value.empty()) return refuse("-setfattr: Value is not empty with pseudo name --remove-all");
  return [&program, scope, all, remove, name, value](Node node, const std::string& path) {
    if (!remove && scope == core::image::XattrScope::any && name.starts_with("isofs."))
      return program.fail(Severity::sorry, "Attempt to set xattr from namespace \"isofs\" to " + shell_quote(path));
    core::image::Image& image = *program.image;
    core::Result<void> done = all      ? core::image::replace_xattrs(image, node, {}, scope)
                              : remove ? core::image::remove_xattr(image, node, name.substr(1), scope)
                                       : core::image::set_xattr(image, node, {name, value}, scope);
    if (done) return true;
    program.drain();
    program.report(std::move(done).problem());
    return program.fail(Severity::failure, "Error with setting xattr of " + shell_quote(path));
  };
}

std::optional<NodeStep> hide_step(Program& program, const std::string& state, std::string_view command) {
  if (!require_image(program)) return std::nullopt;
  const auto parsed = core::image::HideState::parse(state);
  if (!parsed) {
    program.report(Severity::failure, std::string(command) + ": unknown hide state " + shell_quote(state));
    return std::nullopt;
  }
  return [&program, state = *parsed](Node node, const std::string&) {
    core::image::set_hide_state(*program.image, node, state);
    return true;
  };
}

namespace {

bool cmd_rm(Program& program, Words words) { return remove_words(program, Removal::file, words); }
bool cmd_rm_r(Program& program, Words words) { return remove_words(program, Removal::tree, words); }
bool cmd_rmdir(Program& program, Words words) { return remove_words(program, Removal::directory, words); }

bool cmd_chown(Program& program, Words words) {
  return run(program, words.subspan(1), Depth::single, chown_step(program, words[0]));
}
bool cmd_chown_r(Program& program, Words words) {
  return run(program, words.subspan(1), Depth::tree, chown_step(program, words[0]));
}
bool cmd_chgrp(Program& program, Words words) {
  return run(program, words.subspan(1), Depth::single, chgrp_step(program, words[0]));
}
bool cmd_chgrp_r(Program& program, Words words) {
  return run(program, words.subspan(1), Depth::tree, chgrp_step(program, words[0]));
}
bool cmd_chmod(Program& program, Words words) {
  return run(program, words.subspan(1), Depth::single, chmod_step(program, words[0], "-chmodi"));
}
bool cmd_chmod_r(Program& program, Words words) {
  return run(program, words.subspan(1), Depth::tree, chmod_step(program, words[0], "-chmodi"));
}
bool cmd_alter_date(Program& program, Words words) {
  return run(program, words.subspan(2), Depth::single, alter_date_step(program, words[0], words[1], "-alter_date"));
}
bool cmd_alter_date_r(Program& program, Words words) {
  return run(program, words.subspan(2), Depth::tree, alter_date_step(program, words[0], words[1], "-alter_date"));
}
bool cmd_setfacl(Program& program, Words words) {
  return run(program, words.subspan(1), Depth::single, setfacl_step(program, words[0]));
}
bool cmd_setfacl_r(Program& program, Words words) {
  return run(program, words.subspan(1), Depth::tree, setfacl_step(program, words[0]));
}
bool cmd_setfattr(Program& program, Words words) {
  return run(program, words.subspan(2), Depth::single, setfattr_step(program, words[0], words[1]));
}
bool cmd_setfattr_r(Program& program, Words words) {
  return run(program, words.subspan(2), Depth::tree, setfattr_step(program, words[0], words[1]));
}
bool cmd_hide(Program& program, Words words) {
  return run(program, words.subspan(1), Depth::single, hide_step(program, words[0], "-hide "));
}

constexpr CommandRow kRows[] = {
    {.name = "alter_date", .shape = list(2), .expansion = Expansion::iso, .rank = 144,
     .arguments = "type timestring iso_path [***]", .help = "Set timestamps", .handler = cmd_alter_date},
    {.name = "alter_date_r", .shape = list(2), .expansion = Expansion::iso, .rank = 145,
     .arguments = "type timestring iso_path [***]", .help = "Recursive alter_date", .handler = cmd_alter_date_r},
    {.name = "chgrp", .shape = list(1), .expansion = Expansion::iso, .rank = 134, .arguments = "gid iso_path [***]",
     .help = "Set group", .handler = cmd_chgrp},
    {.name = "chgrp_r", .shape = list(1), .expansion = Expansion::iso, .rank = 135, .arguments = "gid iso_path [***]",
     .help = "Recursive chgrp", .handler = cmd_chgrp_r},
    {.name = "chgrp_ri", .alias_of = "chgrp_r", .shape = list(1), .expansion = Expansion::iso},
    {.name = "chgrpi", .alias_of = "chgrp", .shape = list(1), .expansion = Expansion::iso},
    {.name = "chmod", .shape = list(1), .expansion = Expansion::iso, .rank = 136, .arguments = "mode iso_path [***]",
     .help = "Set permissions", .handler = cmd_chmod},
    {.name = "chmod_r", .shape = list(1), .expansion = Expansion::iso, .rank = 137, .arguments = "mode iso_path [***]",
     .help = "Recursive chmod", .handler = cmd_chmod_r},
    {.name = "chmod_ri", .alias_of = "chmod_r", .shape = list(1), .expansion = Expansion::iso},
    {.name = "chmodi", .alias_of = "chmod", .shape = list(1), .expansion = Expansion::iso},
    {.name = "chown", .shape = list(1), .expansion = Expansion::iso, .rank = 132, .arguments = "uid iso_path [***]",
     .help = "Set owner", .handler = cmd_chown},
    {.name = "chown_r", .shape = list(1), .expansion = Expansion::iso, .rank = 133, .arguments = "uid iso_path [***]",
     .help = "Recursive chown", .handler = cmd_chown_r},
    {.name = "chown_ri", .alias_of = "chown_r", .shape = list(1), .expansion = Expansion::iso},
    {.name = "chowni", .alias_of = "chown", .shape = list(1), .expansion = Expansion::iso},
    {.name = "clone", .shape = fixed(2), .rank = 102, .arguments = "iso_original iso_copy",
     .help = "Duplicate ISO tree, target must not exist", .handler = cmd_clone},
    {.name = "cp_clone", .shape = kTargetLast, .rank = 103,
     .arguments = "iso_original [***] iso_path", .help = "Duplicate under rules of cp -r",
     .handler = cmd_cp_clone},
    {.name = "hide", .shape = list(1), .expansion = Expansion::iso, .rank = 146,
     .arguments = "hide_state iso_path [***]", .help = "Omit names from selected trees, keep data",
     .handler = cmd_hide},
    {.name = "move", .shape = fixed(2), .rank = 130, .arguments = "iso_path iso_path",
     .help = "Rename one object exactly", .handler = cmd_move},
    {.name = "mv", .shape = kTargetLast, .rank = 131,
     .arguments = "iso_path [***] iso_path", .help = "Rename under rules of mv", .handler = cmd_mv},
    {.name = "mvi", .alias_of = "mv", .shape = kTargetLast},
    {.name = "rm", .shape = list(0), .expansion = Expansion::iso, .rank = 127, .arguments = "iso_path [***]",
     .help = "Remove non-directories", .handler = cmd_rm},
    {.name = "rm_r", .shape = list(0), .expansion = Expansion::iso, .rank = 128, .arguments = "iso_path [***]",
     .help = "Remove trees", .handler = cmd_rm_r},
    {.name = "rm_ri", .alias_of = "rm_r", .shape = list(0), .expansion = Expansion::iso},
    {.name = "rmdir", .shape = list(0), .expansion = Expansion::iso, .rank = 129, .arguments = "iso_path [***]",
     .help = "Remove empty directories", .handler = cmd_rmdir},
    {.name = "rmdiri", .alias_of = "rmdir", .shape = list(0), .expansion = Expansion::iso},
    {.name = "rmi", .alias_of = "rm", .shape = list(0), .expansion = Expansion::iso},
    {.name = "setfacl", .shape = list(1), .expansion = Expansion::iso, .rank = 138,
     .arguments = "acl_text iso_path [***]", .help = "Attach ACL", .handler = cmd_setfacl},
    {.name = "setfacl_list", .shape = fixed(1), .prescan_takes_list = true, .rank = 140, .arguments = "disk_path",
     .help = "Apply getfacl-style dump (owner, group, ACL)", .handler = cmd_setfacl_list},
    {.name = "setfacl_listi", .alias_of = "setfacl_list", .shape = fixed(1), .prescan_takes_list = true},
    {.name = "setfacl_r", .shape = list(1), .expansion = Expansion::iso, .rank = 139,
     .arguments = "acl_text iso_path [***]", .help = "Recursive setfacl", .handler = cmd_setfacl_r},
    {.name = "setfacl_ri", .alias_of = "setfacl_r", .shape = list(1), .expansion = Expansion::iso},
    {.name = "setfacli", .alias_of = "setfacl", .shape = list(1), .expansion = Expansion::iso},
    {.name = "setfattr", .shape = list(2), .expansion = Expansion::iso, .rank = 141,
     .arguments = "[-]name value iso_path [***]", .help = "Set or delete xattr (--remove-all allowed)",
     .handler = cmd_setfattr},
    {.name = "setfattr_list", .shape = fixed(1), .prescan_takes_list = true, .rank = 143, .arguments = "disk_path",
     .help = "Apply getfattr-style dump", .handler = cmd_setfattr_list},
    {.name = "setfattr_listi", .alias_of = "setfattr_list", .shape = fixed(1), .prescan_takes_list = true},
    {.name = "setfattr_r", .shape = list(2), .expansion = Expansion::iso, .rank = 142,
     .arguments = "[-]name value iso_path [***]", .help = "Recursive setfattr", .handler = cmd_setfattr_r},
    {.name = "setfattr_ri", .alias_of = "setfattr_r", .shape = list(2), .expansion = Expansion::iso},
    {.name = "setfattri", .alias_of = "setfattr", .shape = list(2), .expansion = Expansion::iso},
};

}  // namespace

std::span<const CommandRow> manipulate_rows() { return kRows; }

}  // namespace xorriso
