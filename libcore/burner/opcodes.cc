// SPDX-License-Identifier: GPL-3.0-or-later
//
// The commands of MMC-6 table 238, of SPC-4 and SBC-3, as far as burn programs and kernels send them.
#include "libcore/burner/opcodes.h"

namespace core::burner {
namespace {

using enum Direction;
using enum Media;
constexpr Needs nothing = Needs::nothing;
constexpr Needs medium = Needs::medium;
constexpr Needs intact = Needs::intact;
constexpr Attention told = Attention::reported;
constexpr Attention kept = Attention::left_pending;
constexpr Sense ok = sense::good;

constexpr OpcodeRow kOpcodes[] = {
    {0x00, "TEST UNIT READY", 6, none, medium, told, all, ok, cmd_test_unit_ready},
    {0x01, "REZERO UNIT", 6, none, nothing, told, all, ok, cmd_accept},
    {0x03, "REQUEST SENSE", 6, in, nothing, kept, all, ok, cmd_request_sense},
    {0x04, "FORMAT UNIT", 6, out, medium, told, writable, sense::cannot_format_incompatible, cmd_format_unit},
    {0x12, "INQUIRY", 6, in, nothing, kept, all, ok, cmd_inquiry},
    {0x15, "MODE SELECT (6)", 6, out, nothing, told, all, ok, cmd_mode_select},
    {0x1a, "MODE SENSE (6)", 6, in, nothing, told, all, ok, cmd_mode_sense},
    {0x1b, "START STOP UNIT", 6, none, nothing, told, all, ok, cmd_start_stop},
    {0x1e, "PREVENT ALLOW MEDIUM REMOVAL", 6, none, nothing, told, all, ok, cmd_prevent_removal},
    {0x23, "READ FORMAT CAPACITIES", 10, in, nothing, told, all, ok, cmd_format_capacities},
    {0x25, "READ CAPACITY", 10, in, medium, told, all, ok, cmd_capacity},
    {0x28, "READ (10)", 10, in, intact, told, all, ok, cmd_read},
    {0x2a, "WRITE (10)", 10, out, intact, told, writable, sense::cannot_write_incompatible, cmd_write},
    {0x2b, "SEEK (10)", 10, none, medium, told, all, ok, cmd_seek},
    {0x2e, "WRITE AND VERIFY (10)", 10, out, intact, told, writable, sense::cannot_write_incompatible, cmd_write},
    {0x2f, "VERIFY (10)", 10, none, intact, told, all, ok, cmd_verify},
    {0x35, "SYNCHRONIZE CACHE", 10, none, medium, told, all, ok, cmd_synchronize},
    {0x3c, "READ BUFFER", 10, in, nothing, told, all, ok, cmd_refuse_field},
    {0x42, "READ SUB-CHANNEL", 10, in, medium, told, cd, sense::cannot_read_incompatible, cmd_read_subchannel},
    {0x43, "READ TOC/PMA/ATIP", 10, in, intact, told, all, ok, cmd_read_toc},
    {0x44, "READ HEADER", 10, in, intact, told, cd, sense::cannot_read_incompatible, cmd_read_header},
    {0x46, "GET CONFIGURATION", 10, in, nothing, kept, all, ok, cmd_get_configuration},
    {0x4a, "GET EVENT STATUS NOTIFICATION", 10, in, nothing, kept, all, ok, cmd_get_event},
    {0x4d, "LOG SENSE", 10, in, nothing, told, all, ok, cmd_log_sense},
    {0x51, "READ DISC INFORMATION", 10, in, medium, told, all, ok, cmd_disc_information},
    {0x52, "READ TRACK INFORMATION", 10, in, medium, told, all, ok, cmd_track_information},
    {0x53, "RESERVE TRACK", 10, none, intact, told, writable, sense::cannot_write_incompatible, cmd_reserve_track},
    {0x54, "SEND OPC INFORMATION", 10, out, medium, told, all, ok, cmd_send_opc},
    {0x55, "MODE SELECT (10)", 10, out, nothing, told, all, ok, cmd_mode_select},
    {0x5a, "MODE SENSE (10)", 10, in, nothing, told, all, ok, cmd_mode_sense},
    {0x5b, "CLOSE TRACK SESSION", 10, none, intact, told, writable, sense::cannot_write_incompatible, cmd_close},
    {0x5c, "READ BUFFER CAPACITY", 10, in, nothing, told, all, ok, cmd_buffer_capacity},
    {0x5d, "SEND CUE SHEET", 10, out, intact, told, cd, sense::invalid_opcode, cmd_send_cue},
    {0xa1, "BLANK", 12, none, medium, told, rewritable, sense::cannot_format_incompatible, cmd_blank},
    {0xa7, "SET READ AHEAD", 12, none, nothing, told, all, ok, cmd_accept},
    {0xa8, "READ (12)", 12, in, intact, told, all, ok, cmd_read},
    {0xaa, "WRITE (12)", 12, out, intact, told, writable, sense::cannot_write_incompatible, cmd_write},
    {0xac, "GET PERFORMANCE", 12, in, nothing, told, all, ok, cmd_get_performance},
    {0xad, "READ DISC STRUCTURE", 12, in, medium, told, all, ok, cmd_disc_structure},
    {0xb6, "SET STREAMING", 12, out, nothing, told, all, ok, cmd_set_streaming},
    {0xb9, "READ CD MSF", 12, in, intact, told, cd, sense::cannot_read_incompatible, cmd_read_cd},
    {0xbb, "SET CD SPEED", 12, none, nothing, told, all, ok, cmd_set_cd_speed},
    {0xbd, "MECHANISM STATUS", 12, in, nothing, told, all, ok, cmd_mechanism_status},
    {0xbe, "READ CD", 12, in, intact, told, cd, sense::cannot_read_incompatible, cmd_read_cd},
    {0xbf, "SEND DISC STRUCTURE", 12, out, medium, told, writable, sense::cannot_write_incompatible,
     cmd_send_disc_structure},
};

}  // namespace

std::span<const OpcodeRow> opcode_table() { return kOpcodes; }

const OpcodeRow* find_opcode(int opcode) {
  for (const OpcodeRow& row : kOpcodes)
    if (row.opcode == opcode) return &row;
  return nullptr;
}

bool applies(Media media, const MediumRow& row) {
  switch (media) {
    case Media::cd:
      return row.family == Family::cd;
    case Media::writable:
      return row.writable;
    case Media::rewritable:
      return row.rewritable;
    case Media::all:
      break;
  }
  return true;
}

}  // namespace core::burner
