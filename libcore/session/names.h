// SPDX-License-Identifier: GPL-3.0-or-later
//
// File names as the trees of a session will show them. Each tree has its own character set and its own rules about
// length and permissible characters; collisions of converted names are not considered here.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "libcore/session/image_options.h"

namespace core::session {

/// The values are those of libisofs.
enum class NameSpace : int { generic = 0, rock_ridge = 1, joliet = 2, ecma119 = 3, hfsplus = 4 };

class NameConverter {
 public:
  static Result<NameConverter> create(const ImageOptions& options, NameSpace name_space);
  /// The name, converted to the name space and back. Unchanged if that is not possible.
  std::string there_and_back(std::string_view name, bool is_directory) const;

 private:
  WriteOpts options_;
  NameSpace name_space_ = NameSpace::generic;
};

}  // namespace core::session
