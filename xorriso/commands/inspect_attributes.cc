// SPDX-License-Identifier: GPL-3.0-or-later
//
// -getfacl, -getfattr and their recursive forms.
#include "libcore/base/path.h"
#include "libcore/image/edit.h"
#include "xorriso/attribute_text.h"
#include "xorriso/commands/inspect_list.h"
#include "xorriso/commands/manipulate.h"
#include "xorriso/expansion.h"
#include "xorriso/program.h"

namespace xorriso {

namespace {

using core::image::Node;

enum class Depth { single, tree };

/// Prints `text` of each node. Paths of nodes below a word begin by that word.
template <typename Text>
bool print_texts(Program& program, Words words, Depth depth, Text text) {
  if (!require_image(program)) return false;
  bool success = true;
  for (const std::string& word : words) {
    const auto path = program.iso_path(word);
    const Node top = path ? find_node(program, *path) : Node();
    if (top && depth == Depth::single) {
      program.result(text(top, word));
    } else if (top) {
      const std::size_t top_length = top.path() == "/" ? 0 : top.path().size();
      core::image::for_each_below(top, [&](Node node) {
        const std::string rest = node == top ? std::string() : node.path().substr(top_length);
        program.result(text(node, word == "/" ? rest : word + rest));
      });
    } else {
      success = false;
      if (!program.may_continue()) return false;
    }
  }
  return success;
}

}  // namespace

bool cmd_getfacl(Program& program, Words words) { return print_texts(program, words, Depth::single, getfacl_text); }
bool cmd_getfacl_r(Program& program, Words words) { return print_texts(program, words, Depth::tree, getfacl_text); }

bool cmd_getfattr(Program& program, Words words) {
  const auto scope = xattr_scope(program.settings);
  return print_texts(program, words, Depth::single,
                     [scope](Node node, std::string_view path) { return getfattr_text(node, path, scope); });
}

bool cmd_getfattr_r(Program& program, Words words) {
  const auto scope = xattr_scope(program.settings);
  return print_texts(program, words, Depth::tree,
                     [scope](Node node, std::string_view path) { return getfattr_text(node, path, scope); });
}

}  // namespace xorriso
