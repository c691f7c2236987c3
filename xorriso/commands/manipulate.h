// SPDX-License-Identifier: GPL-3.0-or-later
//
// Steps of the manipulating commands which -find actions take too, and handlers that live beside manipulate.cc.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "libcore/image/acl_xattr.h"
#include "libcore/image/edit.h"
#include "xorriso/command.h"
#include "xorriso/program.h"

namespace xorriso {

enum class Removal { file, directory, tree };

enum class Announce { no, yes };

/// Removes what is at `path`; `word` appears in messages about missing paths. False: failed and reported.
bool remove_path(Program& program, Removal how, const std::string& path, const std::string& word);
/// The same for a node that was found already.
bool remove_found(Program& program, Removal how, core::image::Node node, const std::string& path, Announce announce);

/// Finds the node; a FAILURE is reported if there is none.
core::image::Node find_node(Program& program, const std::string& path);

/// What a command does to each node. The last argument tells the path for messages.
using NodeStep = std::function<bool(core::image::Node, const std::string&)>;

/// The step that -chown, -chmod and so on stand for. `command` begins the messages about bad arguments, e.g. "-chmodi".
/// Empty: an argument is bad and has been reported.
std::optional<NodeStep> chown_step(Program& program, const std::string& user);
std::optional<NodeStep> chgrp_step(Program& program, const std::string& group);
std::optional<NodeStep> chmod_step(Program& program, const std::string& mode, std::string_view command);
std::optional<NodeStep> alter_date_step(Program& program, const std::string& type, const std::string& when,
                                        std::string_view command);
std::optional<NodeStep> setfacl_step(Program& program, const std::string& text);
std::optional<NodeStep> setfattr_step(Program& program, const std::string& name, const std::string& value);
std::optional<NodeStep> hide_step(Program& program, const std::string& state, std::string_view command);

bool cmd_setfacl_list(Program& program, Words words);
bool cmd_setfattr_list(Program& program, Words words);
bool cmd_move(Program& program, Words words);
bool cmd_mv(Program& program, Words words);
bool cmd_clone(Program& program, Words words);
bool cmd_cp_clone(Program& program, Words words);

}  // namespace xorriso
