// SPDX-License-Identifier: GPL-3.0-or-later
//
// The recorders behind Recorder::make().
#pragma once

#include <memory>

#include "libcore/burner/recorder.h"

namespace core::burner {

std::unique_ptr<Recorder> make_cd_recorder(Disc& disc, Platter& platter, const WriteParameters& parameters);
std::unique_ptr<Recorder> make_sequential_recorder(Disc& disc, Platter& platter, const WriteParameters& parameters);
std::unique_ptr<Recorder> make_overwrite_recorder(Disc& disc, Platter& platter, const WriteParameters& parameters);

}  // namespace core::burner
