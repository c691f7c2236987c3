// SPDX-License-Identifier: GPL-3.0-or-later
//
// Test -bad_outname and action print_outname: do names survive the conversion to the trees of the image?
#pragma once

#include <memory>
#include <string>

#include "libcore/session/names.h"
#include "xorriso/program.h"

namespace xorriso {

enum class Versions { as_set, omitted };

/// A converter for the name space that `word` tells, with or without versions (";1") of names. Null: reported.
std::shared_ptr<const core::session::NameConverter> make_name_converter(Program& program, Versions versions,
                                                                        const std::string& word);

}  // namespace xorriso
