// SPDX-License-Identifier: GPL-3.0-or-later
#include "xorriso/commands/find_outname.h"

#include "xorriso/commands/find_job.h"
#include "xorriso/session_request.h"

namespace xorriso {

namespace {

using core::session::NameSpace;

/// Unknown words mean no name space in particular.
NameSpace parse_name_space(const std::string& word) {
  if (word == "rockridge") return NameSpace::rock_ridge;
  if (word == "joliet") return NameSpace::joliet;
  if (word == "ecma119" || word == "iso9660") return NameSpace::ecma119;
  if (word == "hfsplus") return NameSpace::hfsplus;
  return NameSpace::generic;
}

}  // namespace

std::shared_ptr<const core::session::NameConverter> make_name_converter(Program& program, Versions versions,
                                                                        const std::string& word) {
  core::session::ImageOptions options = image_options(program);
  if (versions == Versions::omitted) options.relaxations.omit_version = true;
  auto converter = core::session::NameConverter::create(options, parse_name_space(word));
  if (converter) return std::make_shared<const core::session::NameConverter>(std::move(*converter));
  program.report(std::move(converter).problem());
  return nullptr;
}

std::optional<FindAction> make_print_outname(Program& program, Words words) {
  const auto converter = make_name_converter(program, Versions::as_set, words[0]);
  if (!converter) return std::nullopt;
  return FindAction{.apply = [&program, converter](const FindHit& hit) {
    const std::string converted = converter->there_and_back(hit.node.name(), hit.node.is_directory());
    program.result(program.result_path(hit.node.name()) + "\n" + program.result_path(converted) + "\n--\n");
    return FindEffect::none;
  }};
}

}  // namespace xorriso
