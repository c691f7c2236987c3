// SPDX-License-Identifier: GPL-3.0-or-later
//
// Small trees for tests, made by libisofs itself.
#pragma once

#include <doctest/doctest.h>

#include <cstdlib>
#include <cstring>
#include <string>
#include <vector>

#include "libcore/base/clibs.h"
#include "libcore/image/image.h"

/// An image with the given paths; those that end by "/" are directories, those with "=" files with the content behind it.
inline std::unique_ptr<core::image::Image> make_tree(const std::vector<std::string>& paths) {
  iso_init();
  auto image = std::move(core::image::Image::create("T")).value();
  for (std::string path : paths) {
    std::string content;
    const bool directory = path.back() == '/';
    if (directory) path.pop_back();
    else if (const std::size_t equals = path.find('='); equals != std::string::npos) {
      content = path.substr(equals + 1);
      path.resize(equals);
    }
    const std::size_t slash = path.rfind('/');
    const core::image::Node parent = image->find(slash == 0 ? "/" : path.substr(0, slash));
    REQUIRE(parent.is_directory());
    IsoDir* dir = reinterpret_cast<IsoDir*>(parent.handle());
    const std::string name = path.substr(slash + 1);
    if (directory) {
      REQUIRE(iso_image_add_new_dir(image->handle(), dir, name.c_str(), nullptr) > 0);
      continue;
    }
    auto* bytes = static_cast<unsigned char*>(std::malloc(content.size() + 1));
    std::memcpy(bytes, content.data(), content.size());
    IsoStream* stream = nullptr;
    REQUIRE(iso_memory_stream_new(bytes, content.size(), &stream) > 0);
    REQUIRE(iso_image_add_new_file(image->handle(), dir, name.c_str(), stream, nullptr) > 0);
  }
  image->set_changed(false);
  return image;
}
