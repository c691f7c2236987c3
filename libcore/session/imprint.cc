// SPDX-License-Identifier: GPL-3.0-or-later
#include "libcore/session/imprint.h"

#include <chrono>

#include "libcore/base/clibs.h"

namespace core::session {
namespace {

/// What was added within this time before the writing is not looked at again: a change in between is no likelier than one
/// during the writing, which gets noticed when the file is read.
constexpr std::chrono::seconds kFresh{2};

void set_root_attribute(image::Image& image, std::string name, std::string value) {
  char* names[] = {name.data()};
  char* values[] = {value.data()};
  std::size_t lengths[] = {value.size()};
  // Merge with what is there; names out of the user's reach are allowed.
  iso_node_set_attrs(image.root().handle(), 1, names, lengths, values, 2 | 8);
}

void set_dates(IsoNode* node, const Imprint& imprint) {
  const time_t date = imprint.all_file_dates.value_or(iso_node_get_mtime(node));
  if (imprint.all_file_dates) iso_node_set_mtime(node, date);
  iso_node_set_atime(node, date);
  iso_node_set_ctime(node, date);
}

void set_dates_below(IsoDir* directory, const Imprint& imprint) {
  IsoDirIter* iterator = nullptr;
  if (iso_dir_get_children(directory, &iterator) < 0) return;
  IsoNode* node = nullptr;
  while (iso_dir_iter_next(iterator, &node) == 1) {
    set_dates(node, imprint);
    if (iso_node_get_type(node) == LIBISO_DIR) set_dates_below(reinterpret_cast<IsoDir*>(node), imprint);
  }
  iso_dir_iter_free(iterator);
}

}  // namespace

void imprint_descriptors(image::Image& image, const Imprint& imprint) {
  image.set_texts(imprint.texts);
  iso_image_set_app_use(image.handle(), imprint.application_use.data(), static_cast<int>(imprint.application_use.size()));
  if (imprint.start_stamp) set_root_attribute(image, "isofs.st", std::to_string(*imprint.start_stamp));
  if (!imprint.charset_name.empty()) set_root_attribute(image, "isofs.cs", imprint.charset_name);
}

void imprint_files(image::Image& image, const Imprint& imprint) {
  if (const auto since = image.changed_since(); !since || std::chrono::steady_clock::now() - *since > kFresh)
    iso_image_update_sizes(image.handle());
  if (!imprint.all_file_dates && !imprint.dates_from_mtime) return;
  IsoDir* root = iso_image_get_root(image.handle());
  set_dates(reinterpret_cast<IsoNode*>(root), imprint);
  set_dates_below(root, imprint);
}

}  // namespace core::session
