// SPDX-License-Identifier: GPL-3.0-or-later
//
// Paths as words of the command language give them, made absolute and free of ".", ".." and doubled slashes. The same
// rule holds in the image and on disk: it is purely lexical, symbolic links are not looked at.
#pragma once

#include <string>
#include <string_view>

#include "libcore/base/result.h"

namespace core {

/// Joins `word` to `cwd` unless it is absolute, drops "." and empty components, and lets ".." remove its predecessor.
/// The root is "/". A ".." above the root is a FAILURE.
Result<std::string> normalize_path(std::string_view cwd, std::string_view word);

/// The part after the last slash; empty for "/".
std::string_view leaf_name(std::string_view path);

/// The absolute path of the directory that holds `path`; "/" for direct children of the root and for the root.
std::string_view parent_path(std::string_view path);

/// `directory` + "/" + `name`, without doubling the slash of the root.
std::string join_path(std::string_view directory, std::string_view name);

}  // namespace core
