// SPDX-License-Identifier: GPL-3.0-or-later
#include "vburn/command_line.h"
#include "vburn/commands.h"

namespace vburn {
namespace {

constexpr OptionRow kForce{"force", Value::none, "", Kind::text, "Replace a disc that exists."};
constexpr OptionRow kJson{"json", Value::none, "", Kind::text, "Print one JSON object, for programs."};
constexpr OptionRow kName{"name", Value::required, "NAME", Kind::text,
                          "Which of several running burners; \"default\" if not given."};
constexpr OptionRow kDrive{"drive", Value::required, "[/dev/srN=]DISC", Kind::file,
                           "A drive with this disc in it, as /dev/srN or else the next free number. No DISC after the = "
                           "means no disc. May be given several times."};
constexpr OptionRow kFault{"fault", Value::required, "[/dev/srN=]KIND:WHERE[:OPTION...]", Kind::fault,
                           "A mishap to come, by default of the first drive. May be given several times. See vburn "
                           "fault --help."};
constexpr OptionRow kRealtime{"realtime", Value::optional, "FACTOR", Kind::text,
                              "Take the time that a real drive takes, or that divided by FACTOR."};

constexpr OptionRow kWaits{"waits", Value::none, "", Kind::text,
                           "Let programs sleep between commands as long as they want. Implied by --realtime; else a "
                           "sleep that only grants the drive time is cut short."};

constexpr OptionRow kTrace{"trace", Value::required, "FILE", Kind::file,
                           "Append a line for each SCSI command to this file: drive, command, data, result."};

constexpr OptionRow kCreateOptions[] = {
    {"medium", Value::required, "MEDIUM", Kind::medium, "Kind of medium, one of those that vburn media lists. Needed."},
    {"size", Value::required, "SIZE", Kind::text,
     "Capacity in bytes, or with suffix k, m, g, or s for blocks of 2048 bytes. Default is that of the kind."},
    {"from", Value::required, "IMAGE", Kind::file, "What is pressed into a cd-rom, dvd-rom or bd-rom. Needed with these."},
    {"seed", Value::required, "NUMBER", Kind::text, "Makes the disc's identifier reproducible."},
    kForce,
};
constexpr OptionRow kJsonOptions[] = {kJson};
constexpr OptionRow kRunOptions[] = {
    kDrive, kFault, kRealtime, kTrace, kWaits,
    {"use", Value::required, "NAME", Kind::text, "Use the drives of a burner that vburn start made, instead of own ones."},
};
constexpr OptionRow kStartOptions[] = {kDrive, kFault, kRealtime, kTrace, kWaits, kName};
constexpr OptionRow kNameOptions[] = {kName};

constexpr CommandRow kTable[] = {
    {"create", "DISC", 1, 1, Kind::file, false, "Make a virgin disc.",
     "DISC becomes a sparse file with the blocks of the disc; its state is kept in DISC.vburn.", kCreateOptions,
     cmd_create},
    {"info", "DISC", 1, 1, Kind::file, false, "Tell what is on a disc.",
     "State, sessions, tracks, written areas, formats and wear, in blocks of 2048 bytes.", kJsonOptions, cmd_info},
    {"media", "", 0, 0, Kind::text, false, "List the kinds of media.", "", kJsonOptions, cmd_media},
    {"run", "[--] PROGRAM [ARGUMENT...]", 1, -1, Kind::program, true, "Run a program that sees virtual drives.",
     "The program and all that it starts see the drives as /dev/sr0, /dev/sr1, ... The exit value is the program's, "
     "128 plus the number of the signal that ended it, 125 if vburn itself failed, 126 if the program cannot be "
     "executed, 127 if it was not found.",
     kRunOptions, cmd_run},
    {"start", "", 0, 0, Kind::text, false, "Start drives that stay up for several vburn run --use.", "", kStartOptions,
     cmd_start},
    {"stop", "", 0, 0, Kind::text, false, "End what vburn start has started. All discs are saved.", "", kNameOptions,
     cmd_stop},
    {"status", "", 0, 0, Kind::text, false, "List the drives of a running burner.", "", kNameOptions, cmd_status},
    {"load", "DRIVE [DISC]", 1, 2, Kind::file, false, "Put a disc into a drive and close the tray.",
     "Without DISC the tray is closed as it is.", kNameOptions, cmd_load},
    {"eject", "DRIVE", 1, 1, Kind::drive, false, "Open the tray of a drive and take its disc out.",
     "Refused while a program has locked the door.", kNameOptions, cmd_eject},
    {"power", "DRIVE", 1, 1, Kind::drive, false, "Switch a drive on again after a power loss.", "", kNameOptions,
     cmd_power},
    {"fault", "DRIVE [list | clear | KIND:WHERE[:OPTION...] ...]", 1, -1, Kind::fault, false,
     "Plan mishaps of a drive, list them, or forget them.",
     "KIND is one of write-error read-error recovered-error unit-attention long-busy power-loss worn-out bad-block "
     "silent-loss sync-error close-error opc-error cue-error format-error blank-error slow.\nWHERE and OPTION are any, "
     "command=N (the Nth command from now), lba=N or lba=N-M, opcode=0xNN, times=N, delay=N[us|ms|s].",
     kNameOptions, cmd_fault},
    {"completion", "", 0, 0, Kind::text, false, "Print a completion script for bash.", "", {}, cmd_completion},
};

}  // namespace

std::span<const CommandRow> command_table() { return kTable; }

}  // namespace vburn
