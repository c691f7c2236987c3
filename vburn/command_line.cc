// SPDX-License-Identifier: GPL-3.0-or-later
#include "vburn/command_line.h"

#include "libcore/base/text.h"
#include "libcore/burner/faults.h"
#include "libcore/burner/media.h"

namespace vburn {

using core::Problem;
using core::Result;
using core::shell_quote;

std::string Arguments::get(std::string_view name, std::string fallback) const {
  const auto it = options.find(name);
  return it == options.end() || it->second.empty() ? std::move(fallback) : it->second.back();
}

const std::vector<std::string>& Arguments::all(std::string_view name) const {
  static const std::vector<std::string> kNone;
  const auto it = options.find(name);
  return it == options.end() ? kNone : it->second;
}

namespace {

constexpr OptionRow kHelpRow{.name = "help", .help = "Tell how to use this and do nothing else."};

std::string option_text(const OptionRow& row) {
  std::string text = "--" + std::string(row.name);
  if (row.value == Value::required) text += " " + std::string(row.value_name);
  if (row.value == Value::optional) text += "[=" + std::string(row.value_name) + "]";
  return text;
}

Problem unknown_option(const CommandRow& row, std::string_view word) {
  std::string allowed;
  for (const OptionRow& option : row.options) allowed += " --" + std::string(option.name);
  return Problem{.text = "Unknown option " + shell_quote(word) + " , allowed are:" + allowed + " --help"};
}

const OptionRow* find_option(const CommandRow& row, std::string_view name) {
  if (name == kHelpRow.name) return &kHelpRow;
  for (const OptionRow& option : row.options)
    if (option.name == name) return &option;
  return nullptr;
}

Result<void> check_operands(const CommandRow& row, const Arguments& arguments) {
  const auto count = static_cast<int>(arguments.operands.size());
  if (count < row.least)
    return Problem{.text = "Missing argument after " +
                           shell_quote(count ? arguments.operands.back() : std::string(row.name)) +
                           " , needed are: " + std::string(row.operands)};
  if (row.most >= 0 && count > row.most)
    return Problem{.text = "Surplus argument " + shell_quote(arguments.operands[static_cast<std::size_t>(row.most)]) +
                           (row.most ? " , allowed are: " + std::string(row.operands) : " , none is allowed")};
  return {};
}

std::string_view completion_words(Kind kind) {
  switch (kind) {
    case Kind::file: return "@file";
    case Kind::program: return "@command";
    case Kind::medium: return "@medium";
    case Kind::drive: return "@drive";
    case Kind::fault: return "@fault";
    case Kind::text: break;
  }
  return "";
}

}  // namespace

const CommandRow* find_command(std::string_view name) {
  for (const CommandRow& row : command_table())
    if (row.name == name) return &row;
  return nullptr;
}

Result<Arguments> parse_arguments(const CommandRow& row, std::span<const std::string> words) {
  Arguments arguments;
  bool options_end = false;
  for (std::size_t i = 0; i < words.size(); i++) {
    const std::string& word = words[i];
    if (!options_end && word == "--") {
      options_end = true;
      continue;
    }
    if (options_end || word.size() < 2 || word[0] != '-') {
      arguments.operands.push_back(word);
      options_end = options_end || row.program;
      continue;
    }
    if (!word.starts_with("--")) return unknown_option(row, word);
    const auto equal = word.find('=');
    const OptionRow* const option = find_option(row, std::string_view(word).substr(2, equal - 2));
    if (!option) return unknown_option(row, word);
    std::string value;
    if (equal != std::string::npos) {
      if (option->value == Value::none)
        return Problem{.text = "Option " + shell_quote("--" + std::string(option->name)) + " takes no value, got " +
                               shell_quote(word.substr(equal + 1))};
      value = word.substr(equal + 1);
    } else if (option->value == Value::required) {
      if (++i == words.size())
        return Problem{.text = "Missing value after " + shell_quote(word) + " , needed is: " +
                               std::string(option->value_name)};
      value = words[i];
    }
    arguments.options[std::string(option->name)].push_back(value);
  }
  if (arguments.has("help")) return arguments;
  if (auto checked = check_operands(row, arguments); !checked) return checked.problem();
  return arguments;
}

std::string general_help() {
  std::string text = "usage: vburn COMMAND [OPTION...] [ARGUMENT...]\n\nA virtual optical drive with virtual discs of every "
                     "kind, for any burn program.\n\nCommands:\n";
  for (const CommandRow& row : command_table())
    text += core::strprintf("  %-10s %s\n", std::string(row.name).c_str(), std::string(row.summary).c_str());
  return text + "\nvburn COMMAND --help tells more about a command, vburn --version the version. See also vburn(1).\n";
}

std::string command_help(const CommandRow& row) {
  std::string text = "usage: vburn " + std::string(row.name);
  text += " [OPTION...]";
  if (!row.operands.empty()) text += " " + std::string(row.operands);
  text += "\n\n" + std::string(row.summary) + "\n";
  if (!row.help.empty()) text += std::string(row.help) + "\n";
  text += "\nOptions:\n";
  for (const OptionRow& option : row.options)
    text += "  " + option_text(option) + "\n      " + std::string(option.help) + "\n";
  return text + "  --help\n      " + std::string(kHelpRow.help) + "\n";
}

std::string bash_completion() {
  std::string commands;
  std::string cases;
  for (const CommandRow& row : command_table()) {
    commands += (commands.empty() ? "" : " ") + std::string(row.name);
    std::string options;
    std::string values;
    for (const OptionRow& option : row.options) {
      options += "--" + std::string(option.name) + " ";
      if (option.value == Value::required)
        values += core::strprintf("        %s:--%s) words='%s' ;;\n", std::string(row.name).c_str(),
                                  std::string(option.name).c_str(), std::string(completion_words(option.kind)).c_str());
    }
    cases += values + core::strprintf("        %s:*) options='%s--help' words='%s' ;;\n", std::string(row.name).c_str(),
                                      options.c_str(), std::string(completion_words(row.operand_kind)).c_str());
  }
  std::string media;
  for (const auto& row : core::burner::media_table()) media += (media.empty() ? "" : " ") + std::string(row.name);
  std::string faults;
  for (const auto kind : core::burner::fault_kinds())
    faults += (faults.empty() ? "" : " ") + std::string(core::burner::fault_name(kind)) + ":";
  return "# bash completion for vburn(1), made from its table of commands\n"
         "_vburn() {\n"
         "    local cur=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD-1]} options= words= i\n"
         "    COMPREPLY=()\n"
         "    if [ \"$COMP_CWORD\" -eq 1 ]; then\n"
         "        COMPREPLY=($(compgen -W '" + commands + " --help --version' -- \"$cur\"))\n"
         "        return\n"
         "    fi\n"
         "    for ((i = 2; i < COMP_CWORD; i++)); do\n"
         "        if [ \"${COMP_WORDS[i]}\" = -- ] && [ \"${COMP_WORDS[1]}\" = run ]; then\n"
         "            if declare -F _command_offset >/dev/null; then _command_offset $((i + 1)); fi\n"
         "            return\n"
         "        fi\n"
         "    done\n"
         "    case ${COMP_WORDS[1]}:$prev in\n" + cases +
         "    esac\n"
         "    [[ $cur == -* ]] && words=$options\n"
         "    case $words in\n"
         "        @file) COMPREPLY=($(compgen -f -- \"$cur\")) ;;\n"
         "        @command) COMPREPLY=($(compgen -c -- \"$cur\")) ;;\n"
         "        @medium) COMPREPLY=($(compgen -W '" + media + "' -- \"$cur\")) ;;\n"
         "        @drive) COMPREPLY=($(compgen -W '/dev/sr0 /dev/sr1 /dev/sr2 /dev/sr3' -- \"$cur\")) ;;\n"
         "        @fault) COMPREPLY=($(compgen -W '" + faults + "' -- \"$cur\")) ;;\n"
         "        *) COMPREPLY=($(compgen -W \"$words\" -- \"$cur\")) ;;\n"
         "    esac\n"
         "} && complete -o filenames -F _vburn vburn\n";
}

}  // namespace vburn
