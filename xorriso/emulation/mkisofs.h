// SPDX-License-Identifier: GPL-3.0-or-later
//
// One run of -as mkisofs: takes the options, acquires the drives they ask for, executes options and path arguments in
// their order as native commands, and at the end those options which need the finished tree. Nothing is written here:
// the changes are pending afterwards, as after native commands.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "xorriso/command.h"
#include "xorriso/emulation/mkisofs_options.h"

namespace xorriso {

class Program;

class MkisofsRun {
 public:
  /// `options`: the words after the name of the personality. `name`: how messages call it.
  MkisofsRun(Program& program, Words options, std::string name)
      : program_(program), options_(options.begin(), options.end()), name_(std::move(name)) {}

  /// False: a problem ended the run. All problems were reported.
  bool execute();

  // --- for the functions of options ---------------------------------------------------------------------------
  Program& program() { return program_; }
  /// Executes a native command: its name without dash, then its words. List commands get no delimiter.
  bool native(std::initializer_list<std::string> words);
  bool native(const std::vector<std::string>& words);
  /// The same at the end of the run.
  void native_at_end(std::vector<std::string> words) { at_end_.push_back(std::move(words)); }
  /// FAILURE with the name of the emulation in front. Returns false.
  bool fail(const std::string& text);
  /// Inserts a path argument: a disk path, or target=source with graft points.
  bool insert(const std::string& argument);
  /// Inserts the path arguments of a list file.
  enum class Lines { raw, quoted };
  bool insert_list(const std::string& path, Lines lines);
  /// Absolute path in the image; relative ones begin at the root.
  static std::string image_path(std::string_view path);

  bool graft_points = false;
  std::string new_root = "/";          ///< -root
  std::string old_root;                ///< -old-root
  bool old_root_devno = false, old_root_ino = true, old_root_md5 = true;
  std::string boot_form = "any";       ///< form of -boot_image for the pending boot image
  bool boot_file_given = false;        ///< the pending boot image has a path
  bool boot_emulation_given = false;
  bool catalog_given = false;          ///< -c is among the options
  std::string eltorito_platform = "0x00";
  bool print_size = false;

 private:
  struct Item {
    const MkisofsOption* option = nullptr;  ///< nullptr: a path argument
    std::vector<std::string> arguments{};
    std::string word{};
    std::string fault{};                    ///< why the word is no good
  };
  struct Mapping { std::string disk, iso; };

  void collect();
  std::size_t collect_one(const std::string& word, Words rest);
  void redirect_messages();
  bool take_early(const Item& item);
  bool acquire_drives();
  bool load_earlier_session();
  void set_defaults();
  bool perform();
  bool execute_item(const Item& item);
  bool execute_option(const MkisofsOption& option, Words arguments);
  std::optional<Mapping> map_argument(const std::string& argument);
  bool finish();
  bool tell_size();
  void tell_count_at_end();
  /// Judges after an option: true if the run may go on.
  bool go_on();

  Program& program_;
  std::vector<std::string> options_;
  std::string name_;
  std::vector<Item> items_;
  std::vector<std::vector<std::string>> at_end_;
  bool has_paths_ = false, needs_output_ = false, output_given_ = false;
  std::string output_, earlier_session_, cdrecord_parameters_, cdrecord_option_;
  std::int64_t added_ = 0;                  ///< files so far
  bool count_told_ = false, ended_in_list_ = false;
};

}  // namespace xorriso
