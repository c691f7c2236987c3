// SPDX-License-Identifier: GPL-3.0-or-later
//
// Signals. The first one asks for a clean end: workers see their cancel flag, reading of input ends, the interpreter
// stops behind the present command. A second one ends the program at once.
#pragma once

#include <atomic>

#include "xorriso/settings.h"

namespace xorriso {

using SignalMode = ExceptionSettings::Signals;

/// Chooses the reaction. `cancel` gets set by the first signal; it has to live until signals_off().
void set_signal_handling(SignalMode mode, std::atomic<bool>* cancel);

/// Number of the first signal that was caught, 0 if none.
int caught_signal();

/// Becomes readable when a signal was caught. For poll().
int signal_pipe();

/// Back to the system's default reaction.
void signals_off();

/// "SIGINT"
const char* signal_name(int number);

}  // namespace xorriso
