// SPDX-License-Identifier: GPL-3.0-or-later
#include "libcore/session/names.h"

#include <cstdlib>

#include "libcore/base/clibs.h"

namespace core::session {

namespace {

constexpr int kDirectory = 1 << 8, kQuiet = 1 << 9, kReverse = 1 << 15;

/// A conversion result of libisofs, released at the end.
struct Converted {
  char* text = nullptr;
  std::size_t length = 0;
  ~Converted() { std::free(text); }
};

}  // namespace

Result<NameConverter> NameConverter::create(const ImageOptions& options, NameSpace name_space) {
  Result<WriteOpts> opts = make_write_opts(options, {});
  if (!opts) return std::move(opts).problem();
  NameConverter converter;
  converter.options_ = std::move(*opts);
  converter.name_space_ = name_space;
  return converter;
}

std::string NameConverter::there_and_back(std::string_view name, bool is_directory) const {
  const int flag = static_cast<int>(name_space_) | kQuiet | (is_directory ? kDirectory : 0);
  std::string original(name);
  if (original.empty()) return original;  // the root
  Converted there, back;
  if (iso_conv_name_chars(options_.get(), original.data(), original.size(), &there.text, &there.length, flag) < 0)
    return original;
  if (iso_conv_name_chars(options_.get(), there.text, there.length, &back.text, &back.length, flag | kReverse) < 0)
    return original;
  return std::string(back.text, back.length);
}

}  // namespace core::session
