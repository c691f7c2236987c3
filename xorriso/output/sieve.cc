// SPDX-License-Identifier: GPL-3.0-or-later
#include "xorriso/output/sieve.h"

#include <algorithm>
#include <iterator>

#include "xorriso/words.h"

namespace xorriso {
namespace {

/// How the text behind a beginning falls into words.
enum class Form {
  text,          ///< all of it is one word
  quoted_text,   ///< one word without its quotes
  words,         ///< white space separates, quotes are removed
  quoted_words,  ///< only the words in quotes
  list,          ///< commas separate, the last part is the rest
  list_heads,    ///< the first word of each part between commas
  colons,        ///< colons separate
  head_and_rest, ///< the first word, and the rest
  device,        ///< "0  -dev '/dev/sr0' rwrw-- :  'vendor' 'product'": number, address, permissions, vendor, product
};

/// `limit` is the number of records that are kept, the newest. Two where both drives may speak.
struct Filter { std::string_view name; Form form; std::size_t limit; };
constexpr std::size_t kMany = 10000;
constexpr Filter kFilters[] = {
    {"-changes_pending", Form::text, 1},
    {"?  -dev", Form::device, kMany},
    {"??  -dev", Form::device, kMany},
    {"Abstract File:", Form::text, 1},
    {"After commit :", Form::text, 1},
    {"App Id       :", Form::text, 1},
    {"Biblio File  :", Form::text, 1},
    {"Build timestamp   :", Form::text, 1},
    {"CopyrightFile:", Form::text, 1},
    {"Creation Time:", Form::text, 1},
    {"DVD obs 64 kB:", Form::text, 1},
    {"Drive access :", Form::colons, 1},
    {"Drive current:", Form::words, 2},
    {"Drive id     :", Form::quoted_text, 2},
    {"Drive type   :", Form::quoted_words, 2},
    {"Eff. Time    :", Form::text, 1},
    {"Expir. Time  :", Form::text, 1},
    {"Ext. filters :", Form::text, 1},
    {"File damaged :", Form::list, kMany},
    {"File data lba:", Form::list, kMany},
    {"Format idx   :", Form::list, kMany},
    {"Format status:", Form::list, 1},
    {"ISO session  :", Form::list, kMany},
    {"Image size   :", Form::text, 1},
    {"Jigdo files  :", Form::text, 1},
    {"Local ACL    :", Form::text, 1},
    {"Local xattr  :", Form::text, 1},
    {"MD5 MISMATCH:", Form::quoted_text, kMany},
    {"MD5 tag range:", Form::list, kMany},
    {"Media blocks :", Form::list_heads, 1},
    {"Media current:", Form::text, 2},
    {"Media id     :", Form::text, 2},
    {"Media nwa    :", Form::text, 1},
    {"Media product:", Form::list, 2},
    {"Media region :", Form::list, kMany},
    {"Media space  :", Form::text, 1},
    {"Media status :", Form::text, 2},
    {"Media summary:", Form::list_heads, 2},
    {"Modif. Time  :", Form::text, 1},
    {"PVD address  :", Form::text, 1},
    {"Preparer Id  :", Form::text, 1},
    {"Profile      :", Form::list, kMany},
    {"Publisher Id :", Form::text, 1},
    {"Readline     :", Form::text, 1},
    {"Size lower   :", Form::text, 1},
    {"Size upper   :", Form::text, 1},
    {"System Id    :", Form::text, 1},
    {"Version timestamp :", Form::text, 1},
    {"Volume Id    :", Form::text, 1},
    {"Volume Set Id:", Form::text, 1},
    {"Volume id    :", Form::quoted_text, 2},
    {"Write speed  :", Form::list, kMany},
    {"Write speed H:", Form::list, 1},
    {"Write speed L:", Form::list, 1},
    {"Write speed h:", Form::list, 1},
    {"Write speed l:", Form::list, 1},
    {"libburn    in use :", Form::head_and_rest, 1},
    {"libburn OS adapter:", Form::text, 1},
    {"libisoburn in use :", Form::head_and_rest, 1},
    {"libisofs   in use :", Form::head_and_rest, 1},
    {"libjte     in use :", Form::head_and_rest, 1},
    {"xorriso version   :", Form::text, 1},
    {"zisofs       :", Form::text, 1},
};

std::string trimmed(std::string_view text) {
  const auto begin = text.find_first_not_of(' ');
  if (begin == text.npos) return {};
  return std::string(text.substr(begin, text.find_last_not_of(' ') - begin + 1));
}

/// Words of the text; quotes are removed.
std::vector<std::string> words_of(std::string_view text) { return split_line(text, {}).words; }

/// The first part without its quotes; text without quotes stays as it is.
std::string unquoted(std::string_view text) {
  const std::string plain = trimmed(text);
  if (plain.empty() || plain[0] != '\'') return plain;
  const auto words = words_of(plain);
  return words.empty() ? std::string() : words[0];
}

std::vector<std::string> split_at(std::string_view text, char separator) {
  std::vector<std::string> parts;
  while (true) {
    const auto end = text.find(separator);
    parts.push_back(unquoted(text.substr(0, end)));
    if (end == text.npos) return parts;
    text.remove_prefix(end + 1);
  }
}

std::vector<std::string> extract(Form form, std::string_view text) {
  switch (form) {
    case Form::text: return {trimmed(text)};
    case Form::quoted_text: return {unquoted(text)};
    case Form::words: return words_of(text);
    case Form::colons: return split_at(text, ':');
    case Form::list: return split_at(text, ',');
    case Form::list_heads: {
      auto parts = split_at(text, ',');
      for (auto& part : parts) part = part.substr(0, part.find(' '));
      return parts;
    }
    case Form::head_and_rest: {
      const std::string all = trimmed(text);
      const auto end = all.find(' ');
      if (end == all.npos) return {all};
      return {all.substr(0, end), trimmed(std::string_view(all).substr(end))};
    }
    case Form::quoted_words: {
      auto words = words_of(text);  // titles and values alternate
      std::vector<std::string> values;
      for (std::size_t i = 1; i < words.size(); i += 2) values.push_back(std::move(words[i]));
      return values;
    }
    case Form::device: {
      auto words = words_of(text);  // number, "-dev", address, permissions, ":", vendor, product
      if (words.size() < 7) return words;
      return {words[0], words[2], words[3], words[5], words[6]};
    }
  }
  return {};
}

const Filter* find_filter(std::string_view name) {
  const auto* it = std::find_if(std::begin(kFilters), std::end(kFilters), [&](const Filter& f) { return f.name == name; });
  return it == std::end(kFilters) ? nullptr : it;
}

/// Whether the line is one of the filter. "?" in a name stands for a digit.
bool begins_with(std::string_view line, std::string_view name) {
  if (line.size() < name.size()) return false;
  for (std::size_t i = 0; i < name.size(); i++) {
    const bool digit = line[i] >= '0' && line[i] <= '9';
    if (name[i] == '?' ? !digit : line[i] != name[i]) return false;
  }
  return true;
}

}  // namespace

void Sieve::start() {
  active_ = true;
  clear();
}

void Sieve::stop() {
  active_ = false;
  clear();
}

std::vector<std::string_view> Sieve::names() const {
  std::vector<std::string_view> names;
  if (!active_) return names;
  for (const auto& filter : kFilters) names.push_back(filter.name);
  return names;
}

bool Sieve::is_known(std::string_view name) { return find_filter(name) != nullptr; }

void Sieve::watch(Channel channel, std::string_view text) {
  if (!active_) return;
  std::string& pending = pending_[static_cast<int>(channel)];
  while (!text.empty()) {
    const auto end = text.find('\n');
    pending += text.substr(0, end);
    if (end == text.npos) return;
    watch_line(pending);
    pending.clear();
    text.remove_prefix(end + 1);
  }
}

void Sieve::watch_line(std::string_view line) {
  for (const auto& filter : kFilters) {
    if (!begins_with(line, filter.name)) continue;
    const std::size_t skipped = filter.form == Form::device ? 0 : filter.name.size();
    auto& queue = records_[filter.name];
    queue.push_back(extract(filter.form, line.substr(skipped)));
    while (queue.size() > filter.limit) queue.pop_front();
    return;
  }
}

std::optional<Sieve::Record> Sieve::take(std::string_view name) {
  const auto it = records_.find(name);
  if (it == records_.end() || it->second.empty()) return std::nullopt;
  Record record{std::move(it->second.front()), it->second.size() - 1};
  it->second.pop_front();
  return record;
}

}  // namespace xorriso
