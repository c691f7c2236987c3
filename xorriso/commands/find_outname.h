// SPDX-License-Identifier: GPL-3.0-or-later
//
// File names as they will appear in the trees of the image, and whether they survive that.
#pragma once

#include <memory>
#include <string>

#include "libcore/image/node.h"
#include "xorriso/commands/find_job.h"

namespace xorriso {

class NameConverter {
 public:
  virtual ~NameConverter() = default;
  /// The name after conversion into the name space and back. The name itself if it can't be converted.
  virtual std::string there_and_back(core::image::Node node) const = 0;
  bool changes(core::image::Node node) const { return there_and_back(node) != node.name(); }
};

/// Null: reported.
std::shared_ptr<const NameConverter> make_name_converter(Program& program, NameSpace name_space);

}  // namespace xorriso
