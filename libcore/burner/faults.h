// SPDX-License-Identifier: GPL-3.0-or-later
//
// A fault plan: which mishaps the drive or the medium is going to have. The device consults it at each command and each
// block range. A plan is plain data: the same plan and the same commands give the same mishaps.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "libcore/base/result.h"
#include "libcore/base/units.h"

namespace core::burner {

enum class FaultKind {
  write_error,      ///< WRITE that touches the range fails: 3/0C/00
  read_error,       ///< read that touches the range fails: 3/11/05
  recovered_error,  ///< command is executed and answers 1/18/00
  unit_attention,   ///< command is not executed, answers 6/29/00
  long_busy,        ///< WRITE answers 2/04/08 this many times
  power_loss,       ///< drive loses power before this command or before this address is written
  worn_out,         ///< every write into the range fails: 3/0C/00, spares do not help
  bad_block,        ///< defect: remapped if the medium has spares left, otherwise 3/0C/00 or 3/11/00
  silent_loss,      ///< write is acknowledged but the medium keeps its former content
  sync_error,       ///< SYNCHRONIZE CACHE fails: 3/0C/00
  close_error,      ///< CLOSE TRACK/SESSION fails: 5/72/03
  opc_error,        ///< SEND OPC fails: 3/73/03
  cue_error,        ///< SEND CUE SHEET fails: 5/26/00
  format_error,     ///< FORMAT UNIT fails: 3/31/01
  blank_error,      ///< BLANK fails: 3/31/00
  slow,             ///< each command takes `delay_us` longer
};

struct Fault {
  FaultKind kind = FaultKind::write_error;
  std::int64_t command = -1;  ///< strikes at this command (1 = first command after the plan was set), -1 = any
  int opcode = -1;            ///< only this operation code, -1 = any
  Lba first{-1};              ///< range of blocks, first -1 = any
  Lba last{-1};
  int times = 0;              ///< how often it strikes, 0 = always
  int struck = 0;             ///< how often it has struck
  std::int64_t delay_us = 0;  ///< slow
};

/// Reads `KIND:WHERE[:OPTION...]`, e.g. "write-error:lba=1000-1015", "read-error:lba=16:times=2",
/// "unit-attention:command=40", "power-loss:lba=5000", "long-busy:lba=64:times=20", "slow:delay=20ms".
/// WHERE and OPTIONs: command=N, lba=N or lba=N-M, opcode=0xNN, times=N, delay=N[us|ms|s], any.
/// The problem names the word and what is allowed.
Result<Fault> parse_fault(std::string_view text);
std::string to_string(const Fault& fault);
/// Name of a kind as parse_fault() takes it.
std::string_view fault_name(FaultKind kind);
/// All kinds, for help texts.
std::vector<FaultKind> fault_kinds();

class FaultPlan {
 public:
  void add(const Fault& fault) { faults_.push_back(fault); }
  void clear() { faults_.clear(); commands_ = 0; }
  bool empty() const { return faults_.empty(); }
  const std::vector<Fault>& faults() const { return faults_; }

  /// Counts one more command; the number of this command, starting at 1.
  std::int64_t next_command() { return ++commands_; }
  std::int64_t commands() const { return commands_; }

  /// Does a fault of this kind strike the current command? Counts the strike.
  bool strikes_command(FaultKind kind, int opcode);
  /// Does it strike one of these blocks? Counts the strike. `where`, if given, gets the first block struck.
  bool strikes_blocks(FaultKind kind, int opcode, Lba first, Blocks count, Lba* where = nullptr);
  /// Extra time for this command.
  std::int64_t delay_us(int opcode);

 private:
  std::vector<Fault> faults_;
  std::int64_t commands_ = 0;
};

}  // namespace core::burner
