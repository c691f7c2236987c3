// SPDX-License-Identifier: GPL-3.0-or-later
#include "xorriso/help.h"

#include <algorithm>
#include <array>
#include <map>
#include <vector>

#include "xorriso/command_table.h"
#include "xorriso/program.h"

namespace xorriso {
namespace {

constexpr std::size_t kWidth = 78;
constexpr std::size_t kIndent = 17;

/// The headlines of the groups of commands, by the rank of their first command.
struct Headline { int rank; std::string_view text; };
constexpr std::array kHeadlines{
    Headline{1, "Execution order of program arguments with option -x:"},
    Headline{2, "Support for frontend programs via stdin and stdout (1):"},
    Headline{4, "Exception processing:"},
    Headline{9, "Scripting, dialog and program control features (1):"},
    Headline{27, "Influencing opening of drives:"},
    Headline{30, "Drive and media related inquiry actions (1):"},
    Headline{35, "Influencing the behavior of image loading:"},
    Headline{56, "Character sets:"},
    Headline{58, "Acquiring source and target drive:"},
    Headline{61, "Drive and media related inquiry actions (2):"},
    Headline{69, "Settings for file insertion:"},
    Headline{80, "Navigation in ISO image and disk filesystem (1):"},
    Headline{84, "Inserting files into ISO image:"},
    Headline{104, "Navigation in ISO image and disk filesystem (2):"},
    Headline{126, "File manipulations:"},
    Headline{147, "Filters for data file content:"},
    Headline{152, "Tree traversal command -find:"},
    Headline{153, "osirrox ISO-to-disk restore options:"},
    Headline{166, "Settings for result writing:"},
    Headline{201, "Bootable ISO images:"},
    Headline{203, "Jigdo Template Extraction:"},
    Headline{204, "Command compatibility emulations:"},
    Headline{205, "Scripting, dialog and program control features (2):"},
    Headline{208, "Drive and media related inquiry actions (3):"},
    Headline{210, "Writing the result, drive control:"},
    Headline{219, "Evaluation of readability and recovery:"},
    Headline{223, "Support for frontend programs via stdin and stdout (2):"},
    Headline{227, "Dialog mode control:"},
    Headline{231, "Support for frontend programs via stdin and stdout (3):"},
    Headline{233, "Scripting, dialog and program control features (3):"},
};

std::vector<const CommandRow*> rows_by_rank() {
  std::vector<const CommandRow*> rows;
  for (const auto* row : all_commands())
    if (row->rank > 0) rows.push_back(row);
  std::sort(rows.begin(), rows.end(), [](const auto* a, const auto* b) { return a->rank < b->rank; });
  return rows;
}

const Headline* headline_at(int rank) {
  for (const auto& headline : kHeadlines)
    if (headline.rank == rank) return &headline;
  return nullptr;
}

/// The other names of a row.
std::string aliases_of(const CommandRow& row) {
  std::string names;
  for (const auto* other : all_commands())
    if (other->alias_of == row.name) names.append(names.empty() ? "-" : ", -").append(other->name);
  return names;
}

std::string wrapped(std::string_view text) {
  std::string out, line;
  const auto flush = [&] {
    if (!line.empty()) out += std::string(kIndent, ' ') + line + "\n";
    line.clear();
  };
  while (!text.empty()) {
    const auto end = std::min(text.find(' '), text.size());
    const auto word = text.substr(0, end);
    if (!line.empty() && kIndent + line.size() + 1 + word.size() > kWidth) flush();
    if (!line.empty()) line += ' ';
    line += word;
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  flush();
  return out;
}

std::string help_of(const CommandRow& row) {
  std::string text = "  -" + std::string(row.name);
  if (!row.arguments.empty()) text.append(" ").append(row.arguments);
  if (row.shape.kind != Shape::Kind::fixed) text += " --";
  text += '\n';
  std::string help(resolve_alias(row).help);
  if (!help.empty() && help.back() != '.') help += '.';
  if (!row.alias_of.empty()) help = "Other name of -" + std::string(row.alias_of) + ".";
  if (const auto names = aliases_of(row); !names.empty()) help += " Also: " + names + ".";
  if (resolve_alias(row).handler == nullptr) help += " (Not available in this version.)";
  return text + wrapped(help);
}

}  // namespace

void print_help(Program& program, const std::string& program_name) {
  std::string text = "\nusage: " + program_name + " [settings|actions]\n\n";
  text +=
      "Executes commands in the order in which they are given: as program arguments,\n"
      "as lines of start-up files and of files given with -options_from_file, or in\n"
      "a dialog. Makes, grows, inspects, verifies and extracts ISO 9660 file systems\n"
      "with Rock Ridge extensions, and writes them to optical media or into files.\n"
      "Lists of arguments end at \"--\" or at the end of arguments or input line.\n";
  for (const auto* row : rows_by_rank()) {
    if (const auto* headline = headline_at(row->rank)) text.append("\n").append(headline->text).append("\n");
    text += help_of(*row);
  }
  text += "\n  # text\n" + wrapped("A word that begins with \"#\" is ignored, and so is an input line.");
  text += '\n';
  program.result(text);
}

void print_arg_sorting(Program& program) {
  std::string text;
  for (const auto* row : rows_by_rank()) {
    if (const auto* headline = headline_at(row->rank)) text.append("# ").append(headline->text).append("\n");
    text.append("-").append(row->name).append("\n");
  }
  program.result(text);
}

}  // namespace xorriso
