// SPDX-License-Identifier: GPL-3.0-or-later
#include "xorriso/output/pager.h"

#include <algorithm>
#include <utility>

#include "xorriso/console.h"
#include "xorriso/output/channels.h"
#include "xorriso/program.h"

namespace xorriso {

void Pager::begin_command() {
  state_ = State::counting;
  lines_ = 0;
}

void Pager::write(std::string_view text) {
  while (!text.empty() && state_ != State::aborted) {
    const auto end = std::min(text.find('\n'), text.size() - 1);
    write_line(text.substr(0, end + 1));
    text.remove_prefix(end + 1);
  }
}

void Pager::write_line(std::string_view line) {
  const auto& dialog = program_.settings.dialog;
  const int width = std::max(dialog.page_width, 1);
  const int rows = std::max(1, (static_cast<int>(std::min<std::size_t>(line.size(), 1 << 20)) - 1 + width - 1) / width);
  if (state_ == State::counting && lines_ + rows > dialog.page_length) ask();
  if (state_ == State::aborted) return;
  lines_ += rows;
  program_.channels().write(Channel::result, line);
}

void Pager::ask() {
  program_.info("\n.... [Press Enter to continue. @,Enter avoids further stops. @@@ aborts] ....\n");
  const auto reply = program_.console().read_line_or_hangup();
  lines_ = 0;
  if (!reply) {
    state_ = State::aborted;
  } else if (reply->empty()) {
    state_ = State::counting;
  } else if (*reply == "@" || *reply == "@@") {
    state_ = State::free;
  } else if (*reply == "@@@" || *reply == "x" || *reply == "X" || *reply == "q" || *reply == "Q") {
    state_ = State::aborted;
    program_.info("----------- [" + *reply + " = request to abort registered. Operation ends ] ------------\n");
  } else {
    state_ = State::aborted;
    next_line_ = *reply;
    program_.info("-------------- [ Input of option registered. Operation ends ] ---------------\n");
  }
}

std::optional<std::string> Pager::take_next_line() { return std::exchange(next_line_, std::nullopt); }

}  // namespace xorriso
