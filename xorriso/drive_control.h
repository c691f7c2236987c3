// SPDX-License-Identifier: GPL-3.0-or-later
//
// Taking drives, loading the image of the input drive, and giving drives up, as -dev, -indev, -outdev, -load, -rollback,
// -commit and others do it. All report what happens; false means that the command failed.
#pragma once

#include <string>
#include <string_view>

#include "libcore/drive/acquire.h"
#include "libcore/drive/drive.h"

namespace xorriso {

class Program;

enum class DriveRole { input, output, both };

/// The command word of a role, without dash: "indev", "outdev", "dev".
std::string_view role_word(DriveRole role);

/// Takes the drive at `address` for `role`; an empty address gives up the present one. Loads the image if the role has
/// input.
bool take_drive(Program& program, std::string_view address, DriveRole role);

/// Gives up without a word. The image stays if the output drive stays or becomes empty; without any drive there is none.
void drop_drives(Program& program, DriveRole role);

/// Gives up like an empty address does it, but without the NOTE.
bool take_drive_away(Program& program, DriveRole role);

/// Replaces the image by an empty one.
bool renew_empty_image(Program& program);

/// Gives up and tells so by a NOTE per drive.
void give_up_drives(Program& program, DriveRole role);

/// Loads the session chosen by -load from the input drive, replacing the image, and shows the medium. Gives up the input
/// drive if that fails. Without input drive: a new empty image.
/// ChooseSession::yes: also the choice "auto" is made explicitly, by the table of content.
enum class ChooseSession { as_set, yes };
bool load_from_input(Program& program, ChooseSession choose = ChooseSession::as_set);

/// Refuses with FAILURE if the image has changes that were not written yet. True: go on.
bool no_changes_pending(Program& program, std::string_view command);

/// The output drive, or null after a FAILURE "... on attempt to <action>".
core::drive::Drive* require_output(Program& program, std::string_view action);
core::drive::Drive* require_input(Program& program, std::string_view action);

/// False after a FAILURE if the output drive was acquired readonly.
bool output_is_unrestricted(Program& program);

/// Learns the medium of the output drive anew after blank, format: NOTE and report. The image of a drive that was input
/// too is replaced by an empty one.
bool reassess_output(Program& program);

core::drive::AcquireOptions acquire_options(const Program& program);

}  // namespace xorriso
