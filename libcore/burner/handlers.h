// SPDX-License-Identifier: GPL-3.0-or-later
//
// The handlers of the dispatch table in opcodes.cc, grouped by the file they live in. Each gets a command that is long
// enough and whose conditions (medium, unit attention, background work) have been checked.
#pragma once

#include "libcore/burner/drive.h"
#include "libcore/burner/request.h"
#include "libcore/burner/sense.h"

namespace core::burner {

// cmd_unit.cc
Sense cmd_test_unit_ready(Drive& drive, Request& request);
Sense cmd_request_sense(Drive& drive, Request& request);
Sense cmd_inquiry(Drive& drive, Request& request);
Sense cmd_start_stop(Drive& drive, Request& request);
Sense cmd_prevent_removal(Drive& drive, Request& request);
Sense cmd_get_event(Drive& drive, Request& request);
Sense cmd_mechanism_status(Drive& drive, Request& request);
Sense cmd_log_sense(Drive& drive, Request& request);
Sense cmd_accept(Drive& drive, Request& request);
Sense cmd_refuse_field(Drive& drive, Request& request);

// features.cc, cmd_mode.cc, cmd_speed.cc
Sense cmd_get_configuration(Drive& drive, Request& request);
Sense cmd_mode_sense(Drive& drive, Request& request);
Sense cmd_mode_select(Drive& drive, Request& request);
Sense cmd_get_performance(Drive& drive, Request& request);
Sense cmd_set_cd_speed(Drive& drive, Request& request);
Sense cmd_set_streaming(Drive& drive, Request& request);
Sense cmd_buffer_capacity(Drive& drive, Request& request);

// cmd_disc_info.cc, cmd_toc.cc, cmd_structure.cc
Sense cmd_disc_information(Drive& drive, Request& request);
Sense cmd_track_information(Drive& drive, Request& request);
Sense cmd_capacity(Drive& drive, Request& request);
Sense cmd_format_capacities(Drive& drive, Request& request);
Sense cmd_read_toc(Drive& drive, Request& request);
Sense cmd_disc_structure(Drive& drive, Request& request);
Sense cmd_send_disc_structure(Drive& drive, Request& request);

// cmd_read.cc, cmd_read_cd.cc
Sense cmd_read(Drive& drive, Request& request);
Sense cmd_verify(Drive& drive, Request& request);
Sense cmd_seek(Drive& drive, Request& request);
Sense cmd_read_cd(Drive& drive, Request& request);
Sense cmd_read_subchannel(Drive& drive, Request& request);
Sense cmd_read_header(Drive& drive, Request& request);

// cmd_write.cc, cmd_format.cc
Sense cmd_write(Drive& drive, Request& request);
Sense cmd_synchronize(Drive& drive, Request& request);
Sense cmd_reserve_track(Drive& drive, Request& request);
Sense cmd_close(Drive& drive, Request& request);
Sense cmd_send_opc(Drive& drive, Request& request);
Sense cmd_send_cue(Drive& drive, Request& request);
Sense cmd_blank(Drive& drive, Request& request);
Sense cmd_format_unit(Drive& drive, Request& request);

/// Reading as the block device does it, shared by READ and Device::read_blocks(). `done` blocks are in `data`.
Platter::Outcome read_user_blocks(Drive& drive, std::int64_t lba, std::span<std::byte> data, Request& request);
/// Writing likewise.
Sense write_user_blocks(Drive& drive, std::int64_t lba, std::int64_t blocks, std::span<const std::byte> data,
                        Request& request);

}  // namespace core::burner
